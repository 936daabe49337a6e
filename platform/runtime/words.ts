/** A title in both languages of the product. Chinese is the original, English its equal. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export type Language = keyof Words

/** Builds a pair; `words('环境空气', 'Ambient air')`. */
export const words = (zh: string, en: string): Words => ({ zh, en })

/** Picks the language from an `Accept-Language` header; Chinese unless English is preferred. */
export const preferredLanguage = (header: string | undefined): Language =>
  header?.trim().toLowerCase().startsWith('en') ? 'en' : 'zh'

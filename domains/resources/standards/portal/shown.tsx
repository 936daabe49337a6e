import type { ReactNode } from 'react'
import { useWords } from '#portal/ui'

/** Text that exists in Chinese only: definitions, synonyms, sources. */
export const Chinese = ({ children }: { readonly children: ReactNode }) => <span lang="zh">{children}</span>

/** The name of an element in the reader's language. */
export function ElementName({ title, titleEn }: { readonly title: string; readonly titleEn: string }) {
  const t = useWords()
  return <>{t({ zh: title, en: titleEn })}</>
}

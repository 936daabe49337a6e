import { FIELD_KINDS } from '#portal/registry'
import { ACCESS, FORMATS, LICENCES, PROMISES, THEMES } from '../declarations/vocabulary.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

const named = (list: Readonly<Record<string, Words>>, code: string): Words => list[code] ?? { zh: code, en: code }

export const themeName = (code: string): Words => named(THEMES, code)
export const accessName = (code: string): Words => named(ACCESS, code)
export const promiseName = (code: string): Words => named(PROMISES, code)
export const licenceName = (code: string): Words =>
  LICENCES[code as keyof typeof LICENCES]?.title ?? { zh: code, en: code }
export const formatName = (code: string): string => FORMATS[code as keyof typeof FORMATS]?.title ?? code.toUpperCase()

export const kindName = (kind: string): Words => named(FIELD_KINDS, kind)

export const FRESHNESS: Readonly<Record<string, Words>> = {
  kept: { zh: '按承诺更新', en: 'Promise kept' },
  broken: { zh: '更新承诺落空', en: 'Promise broken' },
  none: { zh: '不定期更新', en: 'No promise' },
}

export const VOICES: Readonly<Record<string, Words>> = {
  request: { zh: '数据需求', en: 'Request for data' },
  correction: { zh: '数据纠错', en: 'Correction' },
  app: { zh: '应用案例', en: 'App' },
}

/** `2,048,000` → `2.0 MB` */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KB', 'MB', 'GB']
  let value = bytes / 1024
  let at = 0
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024
    at++
  }
  return `${value.toFixed(1)} ${units[at]}`
}

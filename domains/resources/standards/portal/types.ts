import type { Words } from '../../../../platform/runtime/words.ts'

export interface Element {
  readonly id: string
  readonly title: string
  readonly titleEn: string
  readonly definition: string
  readonly synonyms: readonly string[]
  readonly set: keyof typeof SETS
  readonly objectClass: string
  readonly kind: keyof typeof KINDS
  readonly max?: number
  readonly codes?: string
  readonly unit?: string
  readonly link: boolean
  readonly owner?: string
  readonly standard?: string
  readonly edition: number
  readonly state: 'in-force' | 'retired'
}

export interface Suggestion {
  readonly slot: string
  readonly score: number
  readonly reasons: readonly Words[]
}

export const SETS = {
  population: { zh: '人口标准集', en: 'Population' },
  'legal-person': { zh: '法人标准集', en: 'Legal persons' },
  other: { zh: '其他', en: 'Others' },
} as const

export const KINDS = {
  text: { zh: '文本', en: 'Text' },
  longText: { zh: '长文本', en: 'Long text' },
  integer: { zh: '整数', en: 'Whole number' },
  decimal: { zh: '小数', en: 'Decimal number' },
  date: { zh: '日期', en: 'Day' },
  code: { zh: '代码', en: 'Code' },
  identity: { zh: '公民身份号码', en: 'Citizen number' },
  uscc: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  phone: { zh: '电话', en: 'Telephone' },
  division: { zh: '行政区划', en: 'Division' },
} as const

export const HOME = { title: { zh: '数据标准', en: 'Data standards' }, path: '/standards' } as const

export const elementPath = (id: string): string => `/standards/elements/${encodeURIComponent(id)}`
export const listPath = (id: string): string => `/standards/code-lists/${encodeURIComponent(id)}`
export const datasetPath = (id: string): string => `/data/${encodeURIComponent(id)}`

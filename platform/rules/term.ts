import type { Words } from '../runtime/words.ts'

/** Units of a term in the order in which they are offered, as definitions write them. */
export const TERM_UNITS: readonly { readonly unit: string; readonly title: Words; readonly one: Words }[] = [
  { unit: 'wd', title: { zh: '工作日', en: 'working days' }, one: { zh: '个工作日', en: 'working day' } },
  { unit: 'd', title: { zh: '天', en: 'days' }, one: { zh: '天', en: 'day' } },
  { unit: 'hwd', title: { zh: '半个工作日', en: 'half working days' }, one: { zh: '个半天', en: 'half working day' } },
  { unit: 'wh', title: { zh: '工作小时', en: 'working hours' }, one: { zh: '个工作小时', en: 'working hour' } },
  { unit: 'h', title: { zh: '小时', en: 'hours' }, one: { zh: '小时', en: 'hour' } },
  { unit: 'min', title: { zh: '分钟', en: 'minutes' }, one: { zh: '分钟', en: 'minute' } },
  { unit: 'm', title: { zh: '个月', en: 'months' }, one: { zh: '个月', en: 'month' } },
  { unit: 'y', title: { zh: '年', en: 'years' }, one: { zh: '年', en: 'year' } },
]

export interface Term {
  readonly n: number
  readonly unit: string
}

/** `5wd` → 5 and `wd`; undefined for what is no term. */
export function termOf(text: string): Term | undefined {
  const [, digits, unit] = /^([1-9]\d{0,5})([a-z]+)$/.exec(text) ?? []
  return TERM_UNITS.some((one) => one.unit === unit) ? { n: Number(digits), unit: unit ?? '' } : undefined
}

/** `5wd` → "5个工作日", "5 working days". */
export function termWords(text: string): Words {
  const term = termOf(text)
  const unit = TERM_UNITS.find((one) => one.unit === term?.unit)
  if (!term || !unit) return { zh: text, en: text }
  return { zh: `${term.n}${unit.one.zh}`, en: `${term.n} ${term.n === 1 ? unit.one.en : unit.title.en}` }
}

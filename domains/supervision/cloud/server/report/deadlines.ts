/** A date that a sentence sets, with the words that set it. */
export interface Deadline {
  /** `YYYY-MM-DD` */
  readonly due: string
  readonly words: string
}

const QUARTERS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, '1': 1, '2': 2, '3': 3, '4': 4 }

const lastDay = (year: number, month: number): string => {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return `${year}-${pad(month)}-${pad(days)}`
}
const pad = (n: number): string => String(n).padStart(2, '0')

const YEAR = '(?:(20\\d\\d)年|今年|本年)?'
type Reader = readonly [RegExp, (match: RegExpExecArray, year: number) => string | undefined]

/** From the most exact to the vaguest way of saying it. */
const READERS: readonly Reader[] = [
  [
    new RegExp(`${YEAR}(1[0-2]|0?[1-9])月(3[01]|[12]\\d|0?[1-9])日(?:前|之前|以前)?`),
    ([, own, month, day], year) => real(Number(own ?? year), Number(month), Number(day)),
  ],
  [
    new RegExp(`${YEAR}(1[0-2]|0?[1-9])月(?:底|末|份)?(?:前|之前|以前|完成)`),
    ([, own, month], year) => lastDay(Number(own ?? year), Number(month)),
  ],
  [
    new RegExp(`${YEAR}(1[0-2]|0?[1-9])月(?:底|末)`),
    ([, own, month], year) => lastDay(Number(own ?? year), Number(month)),
  ],
  [
    new RegExp(`${YEAR}第?([一二三四1-4])季度(?:底|末|前|内)?`),
    ([, own, quarter], year) => lastDay(Number(own ?? year), 3 * (QUARTERS[quarter ?? ''] ?? 4)),
  ],
  [new RegExp(`${YEAR}(?:上半年|年中|6月底)`), ([, own], year) => lastDay(Number(own ?? year), 6)],
  [new RegExp(`${YEAR}(?:年底|年末|下半年|全年|年内)`), ([, own], year) => lastDay(Number(own ?? year), 12)],
  [/(20\d\d)年(?:底|末)/, ([, own], year) => lastDay(Number(own ?? year), 12)],
]

function real(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 ? `${year}-${pad(month)}-${pad(day)}` : undefined
}

/** The date that a sentence sets, if any; a year that is not said is the plan's. */
export function deadlineIn(sentence: string, year: number): Deadline | undefined {
  for (const [pattern, read] of READERS) {
    const match = pattern.exec(sentence)
    const due = match && read(match, year)
    if (match && due) return { due, words: match[0] }
  }
  return undefined
}

/** Quantities that a text promises, as written: `新增规上企业100家`, `达到95%`. */
export function quantityIn(text: string): string | undefined {
  const pattern =
    /[^，。；、,;（）()]{0,12}?\d+(?:\.\d+)?\s*(?:%|％|个百分点|万亩|亿元|万元|万人|万户|公里|平方米|亩|家|个|项|处|台|座|套|户|人|件|次|种|批|所|条)(?:以上|以内|左右)?/g
  const found = [...text.matchAll(pattern)].map(([match]) => match.trim())
  return found.length === 0 ? undefined : found.join('；').slice(0, 200)
}

import { instantOf } from '#platform/registry'
import { InvalidInput, type Words, words } from '#runtime'
import type { FeedDefinition } from '../../contract.ts'
import { DEFAULTS } from '../../definition.ts'

const NUMBER = /^([+-]?\d+)(?:\.(\d+))?$/
/** Digits behind the second, which the registry leaves out. */
const FRACTION = /:\d{1,2}\.(\d{1,9})/

/** A value and its place among those of its kind; of digits, the last `decimals` stand behind the point. */
type Value = Numeric | { readonly kind: 'text'; readonly text: string }

interface Numeric {
  readonly kind: 'number' | 'instant'
  readonly text: string
  readonly digits: bigint
  readonly decimals: number
}

/**
 * The greatest value of a watermark column, as the source writes it. Numbers are compared as numbers, however long; days
 * and times as instants, those of China unless they say otherwise; anything else as text.
 */
export class Watermark {
  readonly #column: string
  #greatest: Value | undefined

  /** @param text the greatest value so far */
  constructor(column: string, text: string | null) {
    this.#column = column
    this.#greatest = text === null ? undefined : readValue(text)
  }

  get text(): string | null {
    return this.#greatest?.text ?? null
  }

  /**
   * From where rows are asked for again, written as the source writes it: so much before the greatest value, because rows
   * may have been confirmed late. A text has nothing before it. @throws InvalidInput no-overlap for a time written in a
   * way that cannot be imitated
   */
  before({ overlapSeconds: seconds, overlapNumbers: numbers = DEFAULTS.overlapNumbers }: Overlap): string | null {
    const value = this.#greatest
    const compact = value && spelledOut(value.text)
    if (compact) return seconds > 0 ? earlier(compact, seconds).replaceAll(/\D/g, '') : value.text
    if (value?.kind === 'number' && numbers > 0) return lowered(value, BigInt(numbers))
    if (value?.kind === 'instant' && seconds > 0) return earlier(value.text, seconds)
    return this.text
  }

  /** @throws InvalidInput mixed-watermark */
  add(text: string): void {
    if (this.isPassedBy(text)) this.#greatest = readValue(text)
  }

  /** Whether a value is greater than all so far. @throws InvalidInput mixed-watermark if they are of two kinds */
  isPassedBy(text: string): boolean {
    const [value, greatest] = [readValue(text), this.#greatest]
    if (!greatest) return true
    if (value.kind === 'text' && greatest.kind === 'text') return value.text > greatest.text
    if (value.kind === 'text' || value.kind !== greatest.kind) throw this.#mixed(greatest, value)
    return value.digits * 10n ** BigInt(greatest.decimals) > greatest.digits * 10n ** BigInt(value.decimals)
  }

  #mixed(one: Value, other: Value): InvalidInput {
    const said = (language: keyof Words, sign: string) =>
      [one, other].map(({ kind, text }) => `${KINDS[kind][language]} ${text.slice(0, 40)}`).join(sign)
    return new InvalidInput(
      'mixed-watermark',
      words(
        `水位列“${this.#column}”里有不同类型的值（${said('zh', '、')}），比不出先后。请换一列，或改为全量采集`,
        `The watermark column "${this.#column}" holds values of two kinds (${said('en', ', ')}) that have no order. Choose another column, or collect all rows each time`,
      ),
      [{ path: '/watermark/column', message: words('值的类型不一致', 'Values of two kinds') }],
    )
  }
}

type Overlap = Pick<NonNullable<FeedDefinition['watermark']>, 'overlapSeconds' | 'overlapNumbers'>

/** A number smaller by so much, with as many digits; one that is not negative does not become so. */
function lowered({ text, digits, decimals }: Numeric, by: bigint): string {
  const less = digits - by * 10n ** BigInt(decimals)
  const value = digits >= 0n && less < 0n ? 0n : less
  const sign = value < 0n ? '-' : ''
  const all = String(value)
    .slice(sign.length)
    .padStart(text.replace(/[^0-9]/g, '').length, '0')
  return decimals === 0 ? sign + all : `${sign}${all.slice(0, -decimals)}.${all.slice(-decimals)}`
}

/** `20260301` and `20260301093000` with their marks, if there is such a day and time; a number less by so much may be none. */
function spelledOut(text: string): string | undefined {
  const [is, year, month, day, hour, minute, second] = COMPACT.exec(text) ?? []
  if (!is) return undefined
  const spelled = `${year}-${month}-${day}${hour ? ` ${hour}:${minute}:${second}` : ''}`
  return instantOf(spelled) && spelled
}
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/

const TIME = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:([T ]+)(\d{1,2}):(\d{2})(:\d{2})?(.*))?$/

/** A day or time so much earlier; offset and digits behind the second stay. */
function earlier(text: string, seconds: number): string {
  const [is, year, mark = '-', month, day, between, hour, minute, second, rest] = TIME.exec(text) ?? []
  if (!is)
    throw new InvalidInput(
      'no-overlap',
      words(
        `水位值“${text.slice(0, 40)}”的写法无法往前推。请把重叠设为 0`,
        `The watermark "${text.slice(0, 40)}" is written in a way in which nothing earlier can be asked for. Make the overlap 0`,
      ),
      [{ path: '/watermark/overlapSeconds', message: words('请设为 0', 'Make it 0') }],
    )
  const steps = between === undefined ? Math.ceil(seconds / DAY_SECONDS) * DAY_SECONDS : seconds
  const [h = 0, m = 0, s = 0] = [hour, minute, second?.slice(1)].map((part) => Number(part ?? 0))
  const iso = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), h, m, s) - steps * 1000).toISOString()
  const date = iso.slice(0, 10).replaceAll('-', mark)
  return between === undefined ? date : `${date}${between}${iso.slice(11, second ? 19 : 16)}${rest}`
}
const DAY_SECONDS = 86_400

const KINDS: Readonly<Record<Value['kind'], Words>> = {
  number: words('数字', 'the number'),
  instant: words('时间', 'the time'),
  text: words('文字', 'the text'),
}

function readValue(text: string): Value {
  const [isNumber, whole = '', decimals = ''] = NUMBER.exec(text) ?? []
  if (isNumber)
    return { kind: 'number', text, digits: BigInt(whole.replace('+', '') + decimals), decimals: decimals.length }
  const instant = instantOf(text)
  if (!instant) return { kind: 'text', text }
  const fraction = FRACTION.exec(text)?.[1] ?? ''
  const seconds = BigInt(Date.parse(instant) / 1000)
  return {
    kind: 'instant',
    text,
    digits: seconds * 10n ** BigInt(fraction.length) + BigInt(fraction || 0),
    decimals: fraction.length,
  }
}

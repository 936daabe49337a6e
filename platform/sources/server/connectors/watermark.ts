import { instantOf } from '#platform/registry'
import { InvalidInput, type Words, words } from '#runtime'

const NUMBER = /^([+-]?\d+)(?:\.(\d+))?$/
/** Digits behind the second, which the registry leaves out. */
const FRACTION = /:\d{1,2}\.(\d{1,9})/

/** A value and its place among those of its kind; of digits, the last `decimals` stand behind the point. */
type Value = { readonly text: string } & (
  | { readonly kind: 'number' | 'instant'; readonly digits: bigint; readonly decimals: number }
  | { readonly kind: 'text' }
)

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

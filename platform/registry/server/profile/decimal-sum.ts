const SAFE = 2 ** 52

/** An exact sum of whole numbers that mostly fit a double: BigInt only when the double is nearly full. */
export class WholeSum {
  #small = 0
  #large = 0n

  add(value: number): void {
    this.#small += value
    if (this.#small > SAFE || this.#small < -SAFE) this.#flush()
  }

  addLarge(value: bigint): void {
    this.#large += value
  }

  get value(): bigint {
    this.#flush()
    return this.#large
  }

  #flush(): void {
    this.#large += BigInt(this.#small)
    this.#small = 0
  }
}

/** Digits of a number that a double holds exactly. */
const EXACT_DIGITS = 15

/** An exact sum of decimal texts, one whole sum for each number of places behind the point. */
export class DecimalSum {
  readonly #byPlaces = new Map<number, WholeSum>()

  /** @param text `-12.50`; no exponent */
  add(text: string): void {
    const point = text.indexOf('.')
    const places = point < 0 ? 0 : text.length - point - 1
    const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1)
    let sum = this.#byPlaces.get(places)
    if (!sum) {
      sum = new WholeSum()
      this.#byPlaces.set(places, sum)
    }
    if (digits.length <= EXACT_DIGITS) sum.add(Number(digits))
    else sum.addLarge(BigInt(digits.startsWith('+') ? digits.slice(1) : digits))
  }

  /** Canonical text, null if nothing was added. */
  get text(): string | null {
    if (this.#byPlaces.size === 0) return null
    const most = Math.max(...this.#byPlaces.keys())
    let total = 0n
    for (const [places, sum] of this.#byPlaces) total += sum.value * 10n ** BigInt(most - places)
    return decimalText(total, most)
  }
}

function decimalText(value: bigint, places: number): string {
  const sign = value < 0n ? '-' : ''
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0')
  if (places === 0) return sign + digits
  return canonicalDecimal(`${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`)
}

/** `+012.50` → `12.5`, `-0.0` → `0`; the same number is the same text. */
export function canonicalDecimal(text: string): string {
  const match = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text)
  if (!match) return text
  const [, sign, whole = '', part = ''] = match
  const bare = `${whole === '' ? '0' : whole}${part === '' ? '' : `.${part}`}`
  return sign === '-' && bare !== '0' ? `-${bare}` : bare
}

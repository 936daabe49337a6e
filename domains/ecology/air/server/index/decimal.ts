/** An exact fraction; the denominator is positive. Floating point never decides a rounding in the index engine. */
export interface Fraction {
  readonly n: bigint
  readonly d: bigint
}

/** The decimal a finite number is written as: 0.1 is one tenth, not the nearest binary fraction. */
export function exact(value: number): Fraction {
  if (Number.isInteger(value)) return { n: BigInt(value), d: 1n }
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', decimals = ''] = mantissa.split('.')
  const shift = decimals.length - Number(exponent)
  const digits = BigInt(whole + decimals)
  return shift >= 0 ? { n: digits, d: 10n ** BigInt(shift) } : { n: digits * 10n ** BigInt(-shift), d: 1n }
}

export function add(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d }
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, { n: -b.n, d: b.d })
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d }
}

/** a ÷ b for a positive b. */
export function divide(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d, d: a.d * b.n }
}

export function ceiling({ n, d }: Fraction): number {
  const down = n / d
  return Number(n % d > 0n ? down + 1n : down)
}

export function floor({ n, d }: Fraction): number {
  return -ceiling({ n: -n, d })
}

/** Rounds to decimals by GB/T 8170: to the nearest, a half to the even neighbour [四舍六入五成双]. */
export function roundFraction({ n, d }: Fraction, decimals: number): number {
  const scaled = (n < 0n ? -n : n) * 10n ** BigInt(decimals)
  const down = scaled / d
  const twice = (scaled % d) * 2n
  const up = twice > d || (twice === d && down % 2n === 1n)
  const digits = up ? down + 1n : down
  return Number(`${n < 0n && digits > 0n ? '-' : ''}${digits}e-${decimals}`)
}

/** {@link roundFraction} of a finite number as it is written. */
export function roundHalfEven(value: number, decimals: number): number {
  return Number.isInteger(value) ? value : roundFraction(exact(value), decimals)
}

/** Sum of numbers as they are written. Addition over a common power of ten keeps a year of hours cheap. */
export function sum(values: readonly number[]): Fraction {
  return values.reduce((total, value) => {
    const next = exact(value)
    if (next.d === total.d) return { n: total.n + next.n, d: total.d }
    return next.d > total.d
      ? { n: total.n * (next.d / total.d) + next.n, d: next.d }
      : { n: total.n + next.n * (total.d / next.d), d: total.d }
  }, exact(0))
}

/** Mean of at least one number. */
export function mean(values: readonly number[]): Fraction {
  return divide(sum(values), exact(values.length))
}

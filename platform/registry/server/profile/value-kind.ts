import type { ValueKind } from '../../profile.ts'

/** From so many digits on a whole number is rather a telephone or identity number than an amount. */
const LONG_DIGITS = 11
const ZERO = 48
const NINE = 57
const DATE = /^\d{4}(?:[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?:[T ].*)?$/

/** Kind of a cell that is not blank. */
export function kindOf(text: string): ValueKind {
  const first = text.charCodeAt(0)
  const from = first === 43 || first === 45 ? 1 : 0
  let points = 0
  for (let at = from; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === 46) points++
    else if (sign < ZERO || sign > NINE) return DATE.test(text) ? 'date' : 'text'
  }
  const digits = text.length - from - points
  if (points > 1 || digits === 0) return DATE.test(text) ? 'date' : 'text'
  if (points === 1) return 'decimal'
  if (digits === 8 && DATE.test(text)) return 'date'
  if (digits >= LONG_DIGITS || (digits > 1 && text.charCodeAt(from) === ZERO)) return 'digits'
  return 'integer'
}

/** Whether a cell of this kind has a numeric value that can be summed. */
export const isNumber = (text: string, kind: ValueKind): boolean =>
  kind === 'integer' || kind === 'decimal' || kind === 'digits' || (kind === 'date' && !/\D/.test(text))

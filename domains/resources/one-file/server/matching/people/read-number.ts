import { checkCitizenNumber, upgradeCitizenNumber } from '#platform/registry'

/** A citizen number in two words: its first nine digits, and the other nine with X as ten. */
export interface CitizenNumber {
  readonly high: number
  readonly low: number
  /** Passes every check of GB 11643. */
  readonly valid: boolean
}

/** Reads a number of 18 digits, or of the 15 that were issued until 1999. Undefined if it cannot be one at all. */
export function readNumber(text: string): CitizenNumber | undefined {
  const written = text.trim().toUpperCase()
  const long = /^\d{15}$/.test(written) ? upgradeCitizenNumber(written) : written
  if (!/^\d{17}[\dX]$/.test(long)) return undefined
  const check = long.endsWith('X') ? 10 : Number(long.charAt(17))
  return {
    high: Number(long.slice(0, 9)),
    low: Number(long.slice(9, 17)) * 11 + check,
    valid: checkCitizenNumber(long) === undefined,
  }
}

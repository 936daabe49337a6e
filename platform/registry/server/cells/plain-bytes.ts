import { isCitizenNumber } from '../identifiers/citizen.ts'
import { EPOCH_DAY } from './binary.ts'
import { dayNumber } from './dates.ts'
import type { Slot } from './plan.ts'

/** Whether a cell that is not empty stands in the file as it is stored. What is not sure is false: `cellReader` decides then. */
export type IsPlain = (bytes: Uint8Array, from: number, to: number) => boolean

/** The test of a slot whose values are stored as text, if there is one faster than reading the cell. */
export function plainTest({ kind, min = 0, max = 200, pattern }: Slot): IsPlain | undefined {
  if (kind === 'identity') return (bytes, from, to) => to - from === 18 && isCitizenNumber(bytes, from)
  if (kind === 'phone') return isMobile
  if ((kind === 'text' || kind === 'longText') && pattern === undefined)
    return (bytes, from, to) => to - from <= max && to - from >= 3 * min && isCleanText(bytes, from, to)
  return undefined
}

const isDigit = (sign: number): boolean => sign >= 0x30 && sign <= 0x39

function isMobile(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from !== 11 || bytes[from] !== 0x31 || (bytes[from + 1] as number) < 0x33) return false
  for (let at = from + 1; at < to; at++) if (!isDigit(bytes[at] as number)) return false
  return true
}

/** Longest text that says that there is none. */
const LONGEST_BLANK = 4

/**
 * Text without signs of control, marks of byte order (EF BB BF), signs that could not be read (EF BF BD) and blanks at
 * its ends; blanks beyond ASCII begin with C2, E1, E2, E3 or EF and are left to the full test.
 */
function isCleanText(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from <= LONGEST_BLANK && (bytes[from] === 0x4e || bytes[from] === 0x23)) return false
  if (mayBeBlank(bytes[from] as number) || bytes[to - 1] === 0x20) return false
  if (to - from > 1 && bytes[to - 2] === 0xc2) return false
  if (to - from > 2 && (bytes[to - 1] as number) >= 0x80 && mayBeBlank(bytes[to - 3] as number)) return false
  for (let at = from; at < to; at++) {
    const sign = bytes[at] as number
    if (sign < 0x20) return false
    if (sign === 0xef && (bytes[at + 1] === 0xbb || bytes[at + 1] === 0xbf)) return false
  }
  return true
}

const mayBeBlank = (sign: number): boolean =>
  sign === 0x20 || sign === 0xc2 || (sign >= 0xe1 && sign <= 0xe3) || sign === 0xef

/** `2026-03-01`, `2026/03/01` or `2026.03.01` as PostgreSQL counts days; undefined for any other form. */
export function plainDay(bytes: Uint8Array, from: number, to: number): number | undefined {
  if (to - from !== 10) return undefined
  const separator = bytes[from + 4]
  if ((separator !== 0x2d && separator !== 0x2f && separator !== 0x2e) || bytes[from + 7] !== separator)
    return undefined
  for (let at = 0; at < 10; at++) if (at !== 4 && at !== 7 && !isDigit(bytes[from + at] as number)) return undefined
  const pair = (at: number) => 10 * (bytes[from + at] as number) + (bytes[from + at + 1] as number) - 528
  const day = dayNumber(100 * pair(0) + pair(2), pair(5), pair(8))
  return day === undefined ? undefined : day - EPOCH_DAY
}

const WIDE_ALL = /[\u3000\uff01-\uff5e]/g
const BLANK = new Set(['', '-', '--', '—', '——', '/', '\\', 'NULL', 'null', 'N/A', '#N/A', '#VALUE!', '#REF!'])
const LONGEST_BLANK = Math.max(...[...BLANK].map((text) => text.length))

// Cells are looked at sign by sign before any pattern is tried: nearly all need nothing, and there are millions of them.

const isWide = (sign: number): boolean => sign === 0x3000 || (sign >= 0xff01 && sign <= 0xff5e)

function hasWide(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isWide(text.charCodeAt(i))) return true
  return false
}

/** Full-width digits, letters and signs to their plain forms, spaces around removed: `　３７０９２ ` → `37092`. */
export function plain(text: string): string {
  const half = hasWide(text)
    ? text.replace(WIDE_ALL, (wide) => (wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0)))
    : text
  return half.trim()
}

/** Whether a cell that should hold a number, code or date says that there is none. */
export const isBlank = (text: string): boolean => text.length <= LONGEST_BLANK && BLANK.has(text)

const QUOTES = "'’‘`"

/** The apostrophe that Excel users put before numbers kept as text, and quotation marks around the whole. */
export const unquoted = (text: string): string =>
  QUOTES.includes(text.charAt(0)) || QUOTES.includes(text.charAt(text.length - 1))
    ? text.replace(/^['’‘`]+/, '').replace(/['’]+$/, '')
    : text

/** Whether a text consists of digits of ASCII only, from a place on. */
export function isDigits(text: string, from = 0, to = text.length): boolean {
  for (let i = from; i < to; i++) {
    const sign = text.charCodeAt(i)
    if (sign < 48 || sign > 57) return false
  }
  return to > from
}

/** The number of so many digits that stand in a text. */
export function digitsAt(text: string, from: number, count: number): number {
  let number = 0
  for (let i = from; i < from + count; i++) number = 10 * number + text.charCodeAt(i) - 48
  return number
}

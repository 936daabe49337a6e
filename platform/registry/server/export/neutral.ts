const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^[+-]?\d+(\.\d+)?$/

/** A cell that no spreadsheet takes for a formula: an apostrophe goes before what begins like one and is no number. */
export const neutral = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text)

/** A cell of separated text [RFC 4180]; nothing for null, quotation marks for a text without signs. */
export const csvCell = (text: string | null): string => {
  if (text === null) return ''
  if (text === '') return '""'
  const safe = neutral(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

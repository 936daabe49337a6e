const WIDE = /[\u3000\uff01-\uff5e]/
const WIDE_ALL = /[\u3000\uff01-\uff5e]/g
const BLANK = new Set(['', '-', '--', '—', '——', '/', '\\', 'NULL', 'null', 'N/A', '#N/A', '#VALUE!', '#REF!'])

/** Full-width digits, letters and signs to their plain forms, spaces around removed: `　３７０９２ ` → `37092`. */
export function plain(text: string): string {
  const half = WIDE.test(text)
    ? text.replace(WIDE_ALL, (wide) => (wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0)))
    : text
  return half.trim()
}

/** Whether a cell that should hold a number, code or date says that there is none. */
export const isBlank = (text: string): boolean => BLANK.has(text)

/** The apostrophe that Excel users put before numbers kept as text, and quotation marks around the whole. */
export const unquoted = (text: string): string => text.replace(/^['’‘`]+/, '').replace(/['’]+$/, '')

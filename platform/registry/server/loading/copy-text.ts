const ESCAPED = /[\\\t\n\r]/
const ESCAPED_ALL = /[\\\t\n\r]/g
const SIGNS: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A value in the text format of COPY; null is `\N`. */
export const copyCell = (value: string | null): string =>
  value === null ? '\\N' : ESCAPED.test(value) ? value.replace(ESCAPED_ALL, (sign) => SIGNS[sign] ?? sign) : value

/** Bytes in the text format of COPY. */
export const copyBytes = (bytes: Buffer | null): string => (bytes === null ? '\\N' : `\\\\x${bytes.toString('hex')}`)

/**
 * JSON in the one canonical form of RFC 8785 (JCS): members sorted by UTF-16 code units, no white space, numbers and
 * strings as ECMAScript prints them. Two programs that hold the same data get the same bytes to hash and sign.
 * @throws TypeError for anything that JSON cannot hold exactly: undefined, functions, symbols, bigint, numbers that are
 * not finite, lone surrogates, and objects other than plain ones (turn a Date into text first).
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((name) => `${quoted(name)}:${canonicalJson(value[name])}`)
    return `{${members.join(',')}}`
  }
  throw new TypeError(`Canonical JSON cannot hold ${describe(value)}`)
}

/** The canonical form in UTF-8: the bytes to hash, sign or compare. */
export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(canonicalJson(value))
}

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('Canonical JSON cannot hold a lone surrogate')
  return JSON.stringify(text)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function describe(value: unknown): string {
  return typeof value === 'object'
    ? `an object of class ${value?.constructor.name}`
    : `${typeof value} ${String(value)}`
}

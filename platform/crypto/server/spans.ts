/** Values as bytes of one block of memory: value `i` is `bytes[from[i], to[i])`. Batch code makes no object for each. */
export interface Spans {
  readonly bytes: Uint8Array
  /** `NO_VALUE` for null. */
  readonly from: Uint32Array
  readonly to: Uint32Array
}

export const NO_VALUE = 0xffff_ffff

/** Up to here copying byte by byte is faster than a call of the engine. */
const SHORT = 64

/** Copies `bytes[from, to)` to `into[at…]`. @returns where it ends */
export function copySpan(bytes: Uint8Array, from: number, to: number, into: Uint8Array, at: number): number {
  const length = to - from
  if (length <= SHORT) for (let i = 0; i < length; i++) into[at + i] = bytes[from + i] as number
  else into.set(bytes.subarray(from, to), at)
  return at + length
}

/** Texts as spans of UTF-8; null stays without a value. */
export function spansOf(texts: readonly (string | null)[]): Spans {
  const from = new Uint32Array(texts.length).fill(NO_VALUE)
  const to = new Uint32Array(texts.length)
  const bytes = Buffer.from(texts.map((text) => text ?? '').join(''))
  let at = 0
  for (const [i, text] of texts.entries()) {
    if (text === null) continue
    from[i] = at
    at += Buffer.byteLength(text)
    to[i] = at
  }
  return { bytes, from, to }
}

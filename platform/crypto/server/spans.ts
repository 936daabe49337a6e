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

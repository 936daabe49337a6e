import { type DataKey, derivedKeys } from './data-key.ts'
import type { PurposeKeys } from './key-ring.ts'
import { HMAC_ROOM, writeHmac } from './sm3.ts'
import { NO_VALUE, type Spans } from './spans.ts'

export const INDEX_BYTES = 16

/**
 * A value that equality search can use in place of a sealed field (identity number, phone): 16 bytes of HMAC-SM3 over
 * context and normalised value. Equal values of one context give equal bytes, so it tells who shares a value; use it
 * only for near-unique values, and a context per column.
 */
export function blindIndex(key: DataKey, context: string, value: string): Buffer {
  const bytes = Buffer.from(value)
  const one = { bytes, from: Uint32Array.of(0), to: Uint32Array.of(bytes.length) }
  return Buffer.from(blindIndexSpans(key, context, one).bytes)
}

/** The indexes of a column of UTF-8 values, `INDEX_BYTES` each. */
export function blindIndexSpans(key: DataKey, context: string, { bytes, from, to }: Spans): Spans {
  const out = Buffer.alloc(INDEX_BYTES * from.length)
  const hmacKey = derivedKeys(key).index
  const size = Buffer.byteLength(context)
  const start = hmacKey.inner.length + 4 + size
  let input = Buffer.alloc(start + SHORT + HMAC_ROOM)
  input.set(hmacKey.inner)
  input.writeUInt32BE(size, hmacKey.inner.length)
  input.write(context, start - size)
  const starts = new Uint32Array(from.length).fill(NO_VALUE)
  const ends = new Uint32Array(from.length)
  for (let i = 0; i < from.length; i++) {
    const begin = from[i] as number
    if (begin === NO_VALUE) continue
    let length = putSimple(bytes, begin, to[i] as number, input, start)
    if (length < 0) {
      const text = normalizeForIndex(utf8(bytes, begin, to[i] as number))
      length = Buffer.byteLength(text)
      const needed = start + length + HMAC_ROOM
      if (needed > input.length) input = Buffer.concat([input, Buffer.alloc(needed)])
      input.write(text, start)
    }
    writeHmac(hmacKey, input, start + length, out, INDEX_BYTES * i, INDEX_BYTES)
    starts[i] = INDEX_BYTES * i
    ends[i] = INDEX_BYTES * (i + 1)
  }
  return { bytes: out, from: starts, to: ends }
}

const utf8 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString()

const SHORT = 64

/** Writes a short value of visible ASCII signs in its normal form and returns its length; -1 for any other. */
function putSimple(bytes: Uint8Array, from: number, to: number, into: Uint8Array, at: number): number {
  const length = to - from
  if (length > SHORT) return -1
  for (let i = 0; i < length; i++) {
    const sign = bytes[from + i] as number
    if (sign <= 0x20 || sign >= 0x7f) return -1
    into[at + i] = sign >= 0x61 && sign <= 0x7a ? sign - 0x20 : sign
  }
  return length
}

/** The index under every key of the purpose, current first: what to search for (`= ANY`) while a rotation is under way. */
export function blindIndexes(keys: PurposeKeys, context: string, value: string): Buffer[] {
  const others = keys.all.filter((key) => key.id !== keys.current.id)
  return [keys.current, ...others].map((key) => blindIndex(key, context, value))
}

/** Full-width forms to ASCII, surrounding space removed, upper case: ` １２３４x` → `1234X`. */
export function normalizeForIndex(value: string): string {
  return value
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .trim()
    .toUpperCase()
}

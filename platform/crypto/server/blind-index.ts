import { type DataKey, derivedKeys } from './data-key.ts'
import type { PurposeKeys } from './key-ring.ts'
import { HMAC_ROOM, writeHmac } from './sm3.ts'

export const INDEX_BYTES = 16

/**
 * A value that equality search can use in place of a sealed field (identity number, phone): 16 bytes of HMAC-SM3 over
 * context and normalised value. Equal values of one context give equal bytes, so it tells who shares a value; use it
 * only for near-unique values, and a context per column.
 */
export const blindIndex = (key: DataKey, context: string, value: string): Buffer =>
  packedBlindIndexes(key, context, [value])

/** The indexes of a column, `INDEX_BYTES` for each value one behind the other; zeros for null. */
export function packedBlindIndexes(key: DataKey, context: string, values: readonly (string | null)[]): Buffer {
  const out = Buffer.alloc(INDEX_BYTES * values.length)
  const hmacKey = derivedKeys(key).index
  const size = Buffer.byteLength(context)
  const start = hmacKey.inner.length + 4 + size
  let input = Buffer.alloc(start + SHORT + HMAC_ROOM)
  input.set(hmacKey.inner)
  input.writeUInt32BE(size, hmacKey.inner.length)
  input.write(context, start - size)
  for (const [i, value] of values.entries()) {
    if (value === null) continue
    let length = putSimple(value, input, start)
    if (length < 0) {
      const text = normalizeForIndex(value)
      length = Buffer.byteLength(text)
      const needed = start + length + HMAC_ROOM
      if (needed > input.length) input = Buffer.concat([input, Buffer.alloc(needed)])
      input.write(text, start)
    }
    writeHmac(hmacKey, input, start + length, out, INDEX_BYTES * i, INDEX_BYTES)
  }
  return out
}

const SHORT = 64

/** Writes a short value of visible ASCII signs in its normal form and returns its length; -1 for any other. */
function putSimple(value: string, into: Buffer, at: number): number {
  if (value.length > SHORT) return -1
  for (let i = 0; i < value.length; i++) {
    const sign = value.charCodeAt(i)
    if (sign <= 0x20 || sign >= 0x7f) return -1
    into[at + i] = sign >= 0x61 && sign <= 0x7a ? sign - 0x20 : sign
  }
  return value.length
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

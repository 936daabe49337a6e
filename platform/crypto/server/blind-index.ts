import { type DataKey, derivedKeys } from './data-key.ts'
import type { PurposeKeys } from './key-ring.ts'
import { hmacOfPrefixed } from './sm3.ts'

const INDEX_BYTES = 16

/**
 * A value that equality search can use in place of a sealed field (identity number, phone): 16 bytes of HMAC-SM3 over
 * context and normalised value. Equal values of one context give equal bytes, so it tells who shares a value; use it
 * only for near-unique values, and a context per column.
 */
export function blindIndex(key: DataKey, context: string, value: string): Buffer {
  const hmacKey = derivedKeys(key).index
  const text = normalizeForIndex(value)
  const size = Buffer.byteLength(context)
  const start = hmacKey.inner.length + 4
  const input =
    start + size + Buffer.byteLength(text) <= scratch.length ? scratch : Buffer.alloc(start + 3 * (size + text.length))
  input.set(hmacKey.inner)
  input.writeUInt32BE(size, hmacKey.inner.length)
  input.write(context, start)
  const end = start + size + input.write(text, start + size)
  return Buffer.from(hmacOfPrefixed(hmacKey, input.subarray(0, end)).slice(0, INDEX_BYTES), 'latin1')
}

const scratch = Buffer.alloc(512)

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

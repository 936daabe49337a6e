import { hash } from 'node:crypto'

const BLOCK = 64
const DIGEST = 32

/** SM3 digest [GB/T 32905] of bytes, or of a string's UTF-8. 32 bytes. */
export function sm3(data: Uint8Array | string): Buffer {
  return hash('sm3', data, 'buffer')
}

/** SM3 digest as 64 lower-case hex digits. */
export function sm3Hex(data: Uint8Array | string): string {
  return hash('sm3', data, 'hex')
}

/**
 * A key prepared for HMAC-SM3. `inner` is one block of key xor 0x36; `outer` is one block of key xor 0x5c
 * followed by room for the inner digest. Treat as secret and opaque.
 */
export interface HmacKey {
  readonly inner: Uint8Array
  readonly outer: Buffer
}

/** Prepares a key of any length for repeated use: longer than a block it is hashed first (RFC 2104, section 2). */
export function prepareHmacKey(key: Uint8Array): HmacKey {
  const block = Buffer.alloc(BLOCK)
  block.set(key.length > BLOCK ? sm3(key) : key)
  const outer = Buffer.alloc(BLOCK + DIGEST)
  for (let i = 0; i < BLOCK; i++) outer[i] = (block[i] ?? 0) ^ 0x5c
  return { inner: block.map((byte) => byte ^ 0x36), outer }
}

/**
 * HMAC-SM3 of input that already begins with `key.inner` (so that batch code can reuse one buffer), as a string of
 * 32 characters, one per byte. Two plain hashes: a native HMAC object costs ten times as much, because OpenSSL looks
 * the algorithm up again for each one.
 */
export function hmacOfPrefixed(key: HmacKey, prefixed: Uint8Array): string {
  key.outer.write(hash('sm3', prefixed, 'binary'), BLOCK, 'binary')
  return hash('sm3', key.outer, 'binary')
}

/** HMAC-SM3 [RFC 2104 over GB/T 32905] of bytes, or of a string's UTF-8. 32 bytes. */
export function hmacSm3(key: Uint8Array | HmacKey, data: Uint8Array | string): Buffer {
  const prepared = key instanceof Uint8Array ? prepareHmacKey(key) : key
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  return Buffer.from(hmacOfPrefixed(prepared, Buffer.concat([prepared.inner, bytes])), 'binary')
}

import { hash } from 'node:crypto'
import { SM3_INITIAL, sm3Compress } from './sm3-compress.ts'

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
 * followed by room for the inner digest; the states are those after these blocks. Treat as secret and opaque.
 */
export interface HmacKey {
  readonly inner: Uint8Array
  readonly outer: Buffer
  readonly innerState: Int32Array
  readonly outerState: Int32Array
}

/** Prepares a key of any length for repeated use: longer than a block it is hashed first (RFC 2104, section 2). */
export function prepareHmacKey(key: Uint8Array): HmacKey {
  const block = Buffer.alloc(BLOCK)
  block.set(key.length > BLOCK ? sm3(key) : key)
  const outer = Buffer.alloc(BLOCK + DIGEST)
  for (let i = 0; i < BLOCK; i++) outer[i] = (block[i] ?? 0) ^ 0x5c
  const inner = block.map((byte) => byte ^ 0x36)
  return { inner, outer, innerState: stateAfter(inner), outerState: stateAfter(outer) }
}

function stateAfter(block: Uint8Array): Int32Array {
  const state = new Int32Array(8)
  sm3Compress(SM3_INITIAL, block, 0, state)
  return state
}

/**
 * HMAC-SM3 of input that already begins with `key.inner` (so that batch code can reuse one buffer), as a string of
 * 32 characters, one per byte. Two plain hashes: a native HMAC object costs ten times as much, because OpenSSL looks
 * the algorithm up again for each one.
 */
export function hmacOfPrefixed(key: HmacKey, prefixed: Uint8Array): string {
  if (prefixed.length <= SHORT) return hmacOfShort(key, prefixed)
  key.outer.write(hash('sm3', prefixed, 'binary'), BLOCK, 'binary')
  return hash('sm3', key.outer, 'binary')
}

/** Up to here, key block included, compressing in this language is faster than two calls of OpenSSL. */
const SHORT = 4 * BLOCK
const padded = Buffer.alloc(SHORT + BLOCK)
const state = new Int32Array(8)
const digest = Buffer.alloc(BLOCK)

/** As `hmacOfPrefixed`: goes on from the states after the key blocks, so a value of 55 bytes takes two compressions. */
function hmacOfShort(key: HmacKey, prefixed: Uint8Array): string {
  padded.set(prefixed)
  state.set(key.innerState)
  finish(padded, prefixed.length)
  for (let i = 0; i < 8; i++) digest.writeInt32BE(state[i] ?? 0, 4 * i)
  padded.set(digest, BLOCK)
  state.set(key.outerState)
  finish(padded, BLOCK + DIGEST)
  for (let i = 0; i < 8; i++) digest.writeInt32BE(state[i] ?? 0, 4 * i)
  return digest.toString('latin1', 0, DIGEST)
}

/** Pads a message of `length` bytes in place [GB/T 32905, 5.2] and compresses all but its first block into the state. */
function finish(bytes: Buffer, length: number): void {
  const end = Math.ceil((length + 9) / BLOCK) * BLOCK
  bytes[length] = 0x80
  bytes.fill(0, length + 1, end - 4)
  bytes.writeUInt32BE(8 * length, end - 4)
  for (let at = BLOCK; at < end; at += BLOCK) sm3Compress(state, bytes, at, state)
}

/** HMAC-SM3 [RFC 2104 over GB/T 32905] of bytes, or of a string's UTF-8. 32 bytes. */
export function hmacSm3(key: Uint8Array | HmacKey, data: Uint8Array | string): Buffer {
  const prepared = key instanceof Uint8Array ? prepareHmacKey(key) : key
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  return Buffer.from(hmacOfPrefixed(prepared, Buffer.concat([prepared.inner, bytes])), 'binary')
}

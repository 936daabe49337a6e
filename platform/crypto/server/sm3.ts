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

/** Bytes behind a message that `writeHmac` pads in place. */
export const HMAC_ROOM = BLOCK + 8

/**
 * Writes the first `size` bytes, at most 32, of the HMAC-SM3 of `bytes[0, length)` to `out[at…]`. The bytes begin with
 * `key.inner`, so that batch code can reuse one buffer, and `HMAC_ROOM` bytes behind `length` are overwritten. Nothing is
 * allocated for short values, and a native HMAC object would cost ten times as much: OpenSSL looks the algorithm up again
 * for each one.
 */
export function writeHmac(
  key: HmacKey,
  bytes: Uint8Array,
  length: number,
  out: Uint8Array,
  at: number,
  size: number,
): void {
  if (length > SHORT) {
    key.outer.write(hash('sm3', bytes.subarray(0, length), 'binary'), BLOCK, 'binary')
    out.set(hash('sm3', key.outer, 'buffer').subarray(0, size), at)
    return
  }
  state.set(key.innerState)
  finish(bytes, length)
  writeState(last, BLOCK, DIGEST)
  state.set(key.outerState)
  finish(last, BLOCK + DIGEST)
  writeState(out, at, size)
}

/** Up to here, key block included, compressing in this language from the states after the key blocks is faster than OpenSSL. */
const SHORT = 4 * BLOCK
const state = new Int32Array(8)
/** The message of the outer hash: a block whose state is known, the inner digest, room for padding. */
const last = new Uint8Array(BLOCK + DIGEST + HMAC_ROOM)

function writeState(out: Uint8Array, at: number, size: number): void {
  for (let i = 0; i < size; i++) out[at + i] = (state[i >>> 2] as number) >>> (24 - 8 * (i & 3))
}

/** Pads a message of `length` bytes in place [GB/T 32905, 5.2] and compresses all but its first block into the state. */
function finish(bytes: Uint8Array, length: number): void {
  const end = Math.ceil((length + 9) / BLOCK) * BLOCK
  bytes[length] = 0x80
  for (let i = length + 1; i < end - 2; i++) bytes[i] = 0
  bytes[end - 2] = length >>> 5
  bytes[end - 1] = length << 3
  for (let at = BLOCK; at < end; at += BLOCK) sm3Compress(state, bytes, at, state)
}

const ROOM = Buffer.alloc(HMAC_ROOM)

/** HMAC-SM3 [RFC 2104 over GB/T 32905] of bytes, or of a string's UTF-8. 32 bytes. */
export function hmacSm3(key: Uint8Array | HmacKey, data: Uint8Array | string): Buffer {
  const prepared = key instanceof Uint8Array ? prepareHmacKey(key) : key
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  const message = Buffer.concat([prepared.inner, bytes, ROOM])
  const out = Buffer.allocUnsafe(DIGEST)
  writeHmac(prepared, message, message.length - HMAC_ROOM, out, 0, DIGEST)
  return out
}

/**
 * The layout of a sealed value:
 *
 *     version 1 | key id 4 | batch nonce 12 | first counter 4 | ciphertext n | tag 16
 *
 * All numbers big-endian; 37 bytes more than the plaintext, whose length is therefore visible.
 *
 * - Encryption: SM4 in counter mode. Counter block i of a field = batch nonce ‖ (first counter + i). Within a batch
 *   the counter runs on over all fields and may not wrap, so no block repeats; between batches only a collision of two
 *   random 96-bit nonces could repeat one: after 2^32 batches under one key its probability is below 2^-32. Rotate the
 *   key before that.
 * - Tag: the first 16 bytes of HMAC-SM3 over length of row (4) ‖ row ‖ everything before the tag, under a key derived
 *   from the context (encrypt, then authenticate). A sealed value moved to another context, or to another row if it is
 *   bound to one, is refused.
 */
export const VERSION = 1
export const NONCE_BYTES = 12
export const NONCE_AT = 5
export const COUNTER_AT = NONCE_AT + NONCE_BYTES
export const HEADER_BYTES = COUNTER_AT + 4
export const TAG_BYTES = 16
export const OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES
export const BLOCK_BYTES = 16

/** Counter blocks one batch may use: 256 MiB of keystream at once, far below the 2^32 the format allows. */
export const MAX_BATCH_BLOCKS = 2 ** 24

/**
 * The id of the key a value was sealed under (in SQL: bytes 2 to 5 of the column).
 * @throws RangeError if the bytes are not a sealed value of this version.
 */
export function sealedKeyId(sealed: Uint8Array): number {
  if (sealed.length < OVERHEAD_BYTES || sealed[0] !== VERSION)
    throw new RangeError('These bytes are not a sealed value of a known version')
  return readUint32(sealed, 1)
}

export function readUint32(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  )
}

export function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

import type { DataKey } from './data-key.ts'
import { derivedKeys } from './data-key.ts'
import { BLOCK_BYTES, NONCE_BYTES, writeUint32 } from './sealed-format.ts'

/** Blocks of keystream that `bytes` of text use. */
export function blocksFor(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES)
}

/**
 * Counter blocks of many fields, turned into keystream by one cipher call. SM4 in counter mode is SM4-ECB over counter
 * blocks; making those ourselves lets one call serve fields with different nonces, where a cipher object for each
 * would cost ten times the encryption itself.
 */
export class CounterBlocks {
  readonly #bytes: Buffer
  #filled = 0

  constructor(blocks: number) {
    this.#bytes = Buffer.allocUnsafe(blocks * BLOCK_BYTES)
  }

  /** Appends `blocks` counter blocks with the nonce at `source[at]` and the counters from `first` on. */
  append(source: Uint8Array, at: number, first: number, blocks: number): void {
    for (let i = 0; i < blocks; i++) {
      for (let j = 0; j < NONCE_BYTES; j++) this.#bytes[this.#filled + j] = source[at + j] ?? 0
      writeUint32(this.#bytes, this.#filled + NONCE_BYTES, first + i)
      this.#filled += BLOCK_BYTES
    }
  }

  /** The keystream, one block for each counter block, in order. */
  keystream(key: DataKey): Uint8Array {
    return this.#filled === 0 ? this.#bytes : derivedKeys(key).blocks.update(this.#bytes.subarray(0, this.#filled))
  }
}

/** Adds keystream to text in place (encrypts and decrypts). */
export function xorInPlace(text: Uint8Array, at: number, length: number, stream: Uint8Array, streamAt: number): void {
  for (let i = 0; i < length; i++) text[at + i] = (text[at + i] ?? 0) ^ (stream[streamAt + i] ?? 0)
}

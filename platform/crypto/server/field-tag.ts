import { LRUCache } from 'lru-cache'
import { type DataKey, derivedKeys } from './data-key.ts'
import { TAG_BYTES, writeUint32 } from './sealed-format.ts'
import { HMAC_ROOM, type HmacKey, hmacSm3, prepareHmacKey, writeHmac } from './sm3.ts'

const CONTEXTS_KEPT = 4096
/** Up to here copying byte by byte is faster than a call. */
const SHORT = 128
const taggers = new WeakMap<DataKey, LRUCache<string, FieldTagger>>()

/** The tagger of one column under one key; kept, because single cells are sealed and opened often. */
export function taggerFor(key: DataKey, context: string): FieldTagger {
  let ofKey = taggers.get(key)
  if (!ofKey) {
    ofKey = new LRUCache({ max: CONTEXTS_KEPT })
    taggers.set(key, ofKey)
  }
  let tagger = ofKey.get(context)
  if (!tagger) {
    tagger = new FieldTagger(prepareHmacKey(hmacSm3(derivedKeys(key).mac, context)))
    ofKey.set(context, tagger)
  }
  return tagger
}

/** Computes tags in one reused buffer: inner key block ‖ length of row ‖ row ‖ value. */
export class FieldTagger {
  readonly #key: HmacKey
  #buffer: Buffer
  #row = ''
  #start: number

  constructor(key: HmacKey) {
    this.#key = key
    this.#start = key.inner.length + 4
    this.#buffer = Buffer.alloc(4 * key.inner.length)
    this.#buffer.set(key.inner)
  }

  /** Writes the 16 tag bytes of `bytes[from, to)` in this row to `out[at…]`. */
  write(row: string, bytes: Uint8Array, from: number, to: number, out: Uint8Array, at: number): void {
    if (row !== this.#row) this.#begin(row)
    const start = this.#start
    const length = to - from
    this.#reserve(start + length)
    const into = this.#buffer
    if (length <= SHORT) for (let i = 0; i < length; i++) into[start + i] = bytes[from + i] as number
    else into.set(bytes.subarray(from, to), start)
    writeHmac(this.#key, into, start + length, out, at, TAG_BYTES)
  }

  #begin(row: string): void {
    const at = this.#key.inner.length
    const length = Buffer.byteLength(row)
    this.#start = at + 4 + length
    this.#reserve(this.#start)
    writeUint32(this.#buffer, at, length)
    this.#buffer.write(row, at + 4)
    this.#row = row
  }

  #reserve(needed: number): void {
    if (needed + HMAC_ROOM <= this.#buffer.length) return
    const larger = Buffer.alloc(2 * (needed + HMAC_ROOM))
    larger.set(this.#buffer)
    this.#buffer = larger
  }
}

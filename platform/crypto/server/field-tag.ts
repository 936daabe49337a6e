import { LRUCache } from 'lru-cache'
import { type DataKey, derivedKeys } from './data-key.ts'
import { TAG_BYTES, writeUint32 } from './sealed-format.ts'
import { type HmacKey, hmacOfPrefixed, hmacSm3, prepareHmacKey } from './sm3.ts'

const CONTEXTS_KEPT = 4096
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

  /** The 16 tag bytes of `bytes[from, to)` in this row, as a string with one character per byte. */
  tag(row: string, bytes: Buffer, from: number, to: number): string {
    if (row !== this.#row) this.#begin(row)
    const end = this.#start + to - from
    if (end > this.#buffer.length) this.#grow(end)
    bytes.copy(this.#buffer, this.#start, from, to)
    return hmacOfPrefixed(this.#key, this.#buffer.subarray(0, end)).slice(0, TAG_BYTES)
  }

  #begin(row: string): void {
    const at = this.#key.inner.length
    const length = Buffer.byteLength(row)
    this.#start = at + 4 + length
    if (this.#start > this.#buffer.length) this.#grow(this.#start)
    writeUint32(this.#buffer, at, length)
    this.#buffer.write(row, at + 4)
    this.#row = row
  }

  #grow(needed: number): void {
    const larger = Buffer.alloc(2 * needed)
    larger.set(this.#buffer)
    this.#buffer = larger
  }
}

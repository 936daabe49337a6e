import type { DataKey } from './data-key.ts'
import { type FieldTagger, taggerFor } from './field-tag.ts'
import type { PurposeKeys } from './key-ring.ts'
import { blocksFor, CounterBlocks, xorInPlace } from './keystream.ts'
import { rowOf } from './seal-fields.ts'
import {
  BLOCK_BYTES,
  COUNTER_AT,
  HEADER_BYTES,
  MAX_BATCH_BLOCKS,
  NONCE_AT,
  OVERHEAD_BYTES,
  readUint32,
  sealedKeyId,
  TAG_BYTES,
} from './sealed-format.ts'

/**
 * Opens sealed fields, of any batches and of any of the purpose's keys, with one cipher call for each key; null stays
 * null. Nothing is decrypted before its tag is verified. `context` and `rows` are those given when sealing.
 * @throws RangeError naming the first value that was changed, moved from another context, is no sealed value, or was
 * sealed under a key the ring does not have. The whole call fails: a caller that wants to show the rest opens singly.
 */
export function openFields(
  keys: PurposeKeys,
  context: string,
  sealed: readonly (Uint8Array | null)[],
  rows?: readonly string[],
): (string | null)[] {
  const opened = openBatch(keys, context, sealed, rows)
  return opened.map((text) => text?.toString('utf8') ?? null)
}

/** Opens one value of raw bytes; refuses as `openFields` does. */
export function openBytes(keys: PurposeKeys, context: string, sealed: Uint8Array): Buffer {
  const [opened] = openBatch(keys, context, [sealed])
  return opened as Buffer
}

function openBatch(
  keys: PurposeKeys,
  context: string,
  sealed: readonly (Uint8Array | null)[],
  rows?: readonly string[],
): (Buffer | null)[] {
  const opened = new Array<Buffer | null>(sealed.length).fill(null)
  for (const [id, indexes] of groupByKey(sealed)) {
    const key = keys.all.find((candidate) => candidate.id === id)
    if (!key) throw new RangeError(`Value ${indexes[0]} is sealed under key ${id}, which the key ring does not have`)
    openGroup(key, context, sealed, indexes, rows, opened)
  }
  return opened
}

function groupByKey(sealed: readonly (Uint8Array | null)[]): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  for (const [index, value] of sealed.entries()) {
    if (value === null) continue
    const id = sealedKeyId(value)
    const group = groups.get(id)
    if (group) group.push(index)
    else groups.set(id, [index])
  }
  return groups
}

function openGroup(
  key: DataKey,
  context: string,
  sealed: readonly (Uint8Array | null)[],
  indexes: readonly number[],
  rows: readonly string[] | undefined,
  opened: (Buffer | null)[],
): void {
  const values = indexes.map((index) => asBuffer(sealed[index]))
  const blocks = values.reduce((sum, value) => sum + blocksFor(value.length - OVERHEAD_BYTES), 0)
  if (blocks > MAX_BATCH_BLOCKS) throw new RangeError('Too much to open in one batch: divide it')

  const tagger = taggerFor(key, context)
  const counters = new CounterBlocks(blocks)
  for (const [i, value] of values.entries()) {
    const index = indexes[i] ?? 0
    if (!hasTag(tagger, rowOf(rows, index), value))
      throw new RangeError(`Value ${index} was changed, or does not belong to "${context}" or its row`)
    counters.append(value, NONCE_AT, readUint32(value, COUNTER_AT), blocksFor(value.length - OVERHEAD_BYTES))
  }
  const stream = counters.keystream(key)
  let streamAt = 0
  for (const [i, value] of values.entries()) {
    const text = Buffer.from(value.subarray(HEADER_BYTES, value.length - TAG_BYTES))
    xorInPlace(text, 0, text.length, stream, streamAt)
    streamAt += blocksFor(text.length) * BLOCK_BYTES
    opened[indexes[i] ?? 0] = text
  }
}

/** Compares every byte of the tag, so that the time taken does not tell how many were right. */
function hasTag(tagger: FieldTagger, row: string, value: Buffer): boolean {
  const at = value.length - TAG_BYTES
  tagger.write(row, value, 0, at, right, 0)
  let difference = 0
  for (let i = 0; i < TAG_BYTES; i++) difference |= (right[i] ?? 0) ^ (value[at + i] ?? 0)
  return difference === 0
}

const right = new Uint8Array(TAG_BYTES)

function asBuffer(bytes: Uint8Array | null | undefined): Buffer {
  if (Buffer.isBuffer(bytes)) return bytes
  if (bytes) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  throw new TypeError('A sealed value is missing')
}

import { randomBytes } from 'node:crypto'
import type { DataKey } from './data-key.ts'
import { taggerFor } from './field-tag.ts'
import { blocksFor, CounterBlocks, xorInPlace } from './keystream.ts'
import {
  BLOCK_BYTES,
  COUNTER_AT,
  HEADER_BYTES,
  MAX_BATCH_BLOCKS,
  NONCE_AT,
  NONCE_BYTES,
  OVERHEAD_BYTES,
  TAG_BYTES,
  VERSION,
  writeUint32,
} from './sealed-format.ts'

/**
 * Seals the fields of a batch (a column of an import, or a single cell) under one key; null stays null. Layout, security
 * and bounds: `sealed-format.ts`. Each value opens alone. The values of a batch share one block of memory.
 *
 * `context` names the column, for example `population.resident.id_number`. `rows`, one key per value, binds each value
 * to its row as well, so that nobody can swap the cells of two rows; opening then needs the same row keys.
 * @throws RangeError if the batch needs more than 256 MiB of keystream, or a value has no row in `rows`.
 */
export function sealFields(
  key: DataKey,
  context: string,
  values: readonly (string | null)[],
  rows?: readonly string[],
): (Buffer | null)[] {
  const lengths = values.map((value) => (value === null ? null : Buffer.byteLength(value)))
  return sealBatch(key, context, lengths, rows, (index, into, at) => into.write(values[index] ?? '', at))
}

/** Seals raw bytes, one value, in the same format. */
export function sealBytes(key: DataKey, context: string, bytes: Uint8Array): Buffer {
  const [sealed] = sealBatch(key, context, [bytes.length], undefined, (_, into, at) => into.set(bytes, at))
  return sealed as Buffer
}

/** The row key of value `index`; without row keys the empty one. */
export function rowOf(rows: readonly string[] | undefined, index: number): string {
  const row = rows ? rows[index] : ''
  if (row === undefined) throw new RangeError(`Value ${index} has no row key`)
  return row
}

function sealBatch(
  key: DataKey,
  context: string,
  lengths: readonly (number | null)[],
  rows: readonly string[] | undefined,
  writeText: (index: number, into: Buffer, at: number) => void,
): (Buffer | null)[] {
  let blocks = 0
  let size = 0
  for (const length of lengths) {
    if (length === null) continue
    blocks += blocksFor(length)
    size += length + OVERHEAD_BYTES
  }
  if (blocks > MAX_BATCH_BLOCKS) throw new RangeError('Too much to seal in one batch: divide it')

  const nonce = randomBytes(NONCE_BYTES)
  const counters = new CounterBlocks(blocks)
  counters.append(nonce, 0, 0, blocks)
  const stream = counters.keystream(key)
  const tagger = taggerFor(key, context)
  const out = Buffer.allocUnsafe(size)
  let at = 0
  let counter = 0
  return lengths.map((length, index) => {
    if (length === null) return null
    const from = at
    const text = from + HEADER_BYTES
    const end = text + length
    out[from] = VERSION
    writeUint32(out, from + 1, key.id)
    out.set(nonce, from + NONCE_AT)
    writeUint32(out, from + COUNTER_AT, counter)
    writeText(index, out, text)
    xorInPlace(out, text, length, stream, counter * BLOCK_BYTES)
    out.write(tagger.tag(rowOf(rows, index), out, from, end), end, 'binary')
    counter += blocksFor(length)
    at = end + TAG_BYTES
    return out.subarray(from, at)
  })
}

import { randomBytes } from 'node:crypto'
import type { DataKey } from './data-key.ts'
import { taggerFor } from './field-tag.ts'
import { blocksFor, CounterBlocks, xorInPlace } from './keystream.ts'
import { putText } from './put-text.ts'
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
import { copySpan, NO_VALUE, type Spans } from './spans.ts'

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
  const { bytes, from, to } = sealBatch(key, context, lengths, rows, (i, into, at) =>
    putText(values[i] ?? '', lengths[i] ?? 0, into, at),
  )
  return values.map((value, i) => (value === null ? null : bytes.subarray(from[i], to[i])))
}

/** As `sealFields`, for batch code that has its values as UTF-8 and wants the sealed ones in the same way. */
export function sealSpans(key: DataKey, context: string, { bytes, from, to }: Spans): Spans {
  const lengths = Array.from(from, (start, i) => (start === NO_VALUE ? null : (to[i] ?? 0) - start))
  return sealBatch(key, context, lengths, undefined, (i, into, at) => {
    copySpan(bytes, from[i] ?? 0, to[i] ?? 0, into, at)
  })
}

/** Seals raw bytes, one value, in the same format. */
export function sealBytes(key: DataKey, context: string, bytes: Uint8Array): Buffer {
  return sealBatch(key, context, [bytes.length], undefined, (_, into, at) => into.set(bytes, at)).bytes
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
): Omit<Spans, 'bytes'> & { readonly bytes: Buffer } {
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
  const bytes = Buffer.allocUnsafe(size)
  const starts = new Uint32Array(lengths.length).fill(NO_VALUE)
  const ends = new Uint32Array(lengths.length)
  let at = 0
  let counter = 0
  for (let index = 0; index < lengths.length; index++) {
    const length = lengths[index] ?? null
    if (length === null) continue
    const text = at + HEADER_BYTES
    const end = text + length
    bytes[at] = VERSION
    writeUint32(bytes, at + 1, key.id)
    for (let i = 0; i < NONCE_BYTES; i++) bytes[at + NONCE_AT + i] = nonce[i] as number
    writeUint32(bytes, at + COUNTER_AT, counter)
    writeText(index, bytes, text)
    xorInPlace(bytes, text, length, stream, counter * BLOCK_BYTES)
    tagger.write(rowOf(rows, index), bytes, at, end, bytes, end)
    counter += blocksFor(length)
    starts[index] = at
    at = end + TAG_BYTES
    ends[index] = at
  }
  return { bytes, from: starts, to: ends }
}

import { parentPort, workerData } from 'node:worker_threads'
import { readChunks } from '../reading/read-rows.ts'
import type { FileChunk, RawRow, Reading } from '../reading/reading.ts'
import type { RowBlock } from '../reading/row-block.ts'
import { ChunkPreparer, type Preparation, type PreparedChunk } from './prepare-chunk.ts'

/** What the worker is given. */
export interface LoadTask {
  readonly file: string
  readonly reading: Reading
  readonly preparation: Preparation
  /** Rows below the header that were stored before an interruption. */
  readonly skip: number
  readonly chunkRows: number
  readonly chunkBytes: number
  /** Of every `workers` chunks this one prepares number `turn`, from 0; all workers read the whole file. */
  readonly workers: number
  readonly turn: number
}

/** What the worker tells. Row numbers count from the first below the header. */
export type FromWorker =
  | ({ readonly kind: 'chunk' } & Pick<FileChunk, 'from' | 'to' | 'bytes'> & { readonly prepared: PreparedChunk })
  /** A chunk that was stored before an interruption. */
  | { readonly kind: 'known'; readonly keys: Uint32Array }
  | { readonly kind: 'raw'; readonly rows: readonly RawRow[] }
  | { readonly kind: 'end' }

/** `done`: the oldest chunk is stored; `raw`: give the cells of these lines of the oldest chunk. */
export type ToWorker = { readonly kind: 'done' } | { readonly kind: 'raw'; readonly lines: readonly number[] }

/** Chunks prepared ahead while the database stores the one before. */
const AHEAD = 2

if (parentPort) {
  const port = parentPort
  const { file, reading, preparation, skip, chunkRows, chunkBytes, workers, turn } = workerData as LoadTask
  const waiting: RowBlock[] = []
  let wake = () => {}
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'raw') port.postMessage({ kind: 'raw', rows: rowsOf(waiting[0], message.lines) })
    else {
      waiting.shift()
      wake()
    }
  })
  const preparer = new ChunkPreparer(preparation)

  const send = async ({ from, to, bytes, block }: FileChunk) => {
    if (to <= skip) {
      const keys = preparer.keysOf(block())
      port.postMessage({ kind: 'known', keys } satisfies FromWorker, [keys.buffer])
      return
    }
    while (waiting.length >= AHEAD) await new Promise<void>((done) => (wake = done))
    const rows = block()
    const prepared = preparer.prepare(rows)
    waiting.push(rows)
    const moved = [prepared.rows.bytes.buffer, prepared.rows.ends.buffer, prepared.keys.buffer]
    port.postMessage({ kind: 'chunk', from, to, bytes, prepared } satisfies FromWorker, moved)
  }

  let chunks = 0
  for await (const chunk of readChunks(file, reading, { rows: chunkRows, bytes: chunkBytes, at: skip }))
    if (chunks++ % workers === turn) await send(chunk)
  port.postMessage({ kind: 'end' } satisfies FromWorker)
}

function rowsOf(block: RowBlock | undefined, lines: readonly number[]): RawRow[] {
  const wanted = new Set(lines)
  const all = block?.places.lines ?? []
  return Array.from(all.keys()).flatMap((at) => (wanted.has(all[at] ?? 0) ? (block?.row(at) ?? []) : []))
}

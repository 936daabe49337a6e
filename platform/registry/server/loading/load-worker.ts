import { parentPort, workerData } from 'node:worker_threads'
import { readRows } from '../reading/read-rows.ts'
import type { RawRow, Reading } from '../reading/reading.ts'
import { ChunkPreparer, type Preparation, type Refusal } from './prepare-chunk.ts'

/** What the worker is given. */
export interface LoadTask {
  readonly file: string
  readonly reading: Reading
  readonly preparation: Preparation
  /** Rows below the header that were stored before an interruption. */
  readonly skip: number
  readonly chunkRows: number
  /** Of every `workers` chunks this one prepares number `turn`, from 0; all workers read the whole file. */
  readonly workers: number
  readonly turn: number
}

/** What the worker tells. Row numbers count from the first below the header. */
export type FromWorker =
  | {
      readonly kind: 'chunk'
      readonly from: number
      readonly to: number
      readonly bytes: number
      readonly text: Uint8Array
      /** Keys of the good rows, see `KeyList`. */
      readonly keys: Uint32Array
      readonly good: number
      readonly refused: readonly Refusal[]
    }
  /** A chunk that was stored before an interruption. */
  | { readonly kind: 'known'; readonly keys: Uint32Array }
  | { readonly kind: 'raw'; readonly rows: readonly RawRow[] }
  | { readonly kind: 'end'; readonly rows: number }

/** `done`: the oldest chunk is stored; `raw`: give the cells of these lines of the oldest chunk. */
export type ToWorker = { readonly kind: 'done' } | { readonly kind: 'raw'; readonly lines: readonly number[] }

/** Chunks prepared ahead while the database stores the one before. */
const AHEAD = 2

if (parentPort) {
  const port = parentPort
  const { file, reading, preparation, skip, chunkRows, workers, turn } = workerData as LoadTask
  const waiting: (readonly RawRow[])[] = []
  let wake = () => {}
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'raw') {
      const lines = new Set(message.lines)
      const rows = (waiting[0] ?? []).filter(({ line }) => lines.has(line))
      // Rows of a text file take their cells apart when asked, and would arrive without them.
      port.postMessage({ kind: 'raw', rows: rows.map(({ line, cells }) => ({ line, cells })) } satisfies FromWorker)
      return
    }
    waiting.shift()
    wake()
  })
  const preparer = new ChunkPreparer(preparation)
  let from = 0
  let chunks = 0

  const send = async (rows: readonly RawRow[], bytes: number) => {
    const to = from + rows.length
    if (chunks++ % workers === turn) {
      if (to <= skip) {
        const keys = preparer.keysOf(rows)
        port.postMessage({ kind: 'known', keys } satisfies FromWorker, [keys.buffer])
      } else {
        while (waiting.length >= AHEAD) await new Promise<void>((done) => (wake = done))
        const { text, keys, good, refused } = preparer.prepare(rows)
        waiting.push(rows)
        const chunk = { kind: 'chunk', from, to, bytes, text, keys, good, refused } satisfies FromWorker
        port.postMessage(chunk, [text.buffer, keys.buffer])
      }
    }
    from = to
  }

  let pending: RawRow[] = []
  let bytes = 0
  for await (const some of readRows(file, reading)) {
    bytes = some.bytes
    for (const row of some.rows) {
      if (row.line <= reading.headerLine) continue
      pending.push(row)
      // A chunk never crosses the place of the interruption.
      if (pending.length < chunkRows && from + pending.length !== skip) continue
      await send(pending, bytes)
      pending = []
    }
  }
  if (pending.length > 0) await send(pending, bytes)
  port.postMessage({ kind: 'end', rows: from } satisfies FromWorker)
}

import { Worker } from 'node:worker_threads'
import type { RawRow } from '../reading/reading.ts'
import type { FromWorker, LoadTask, ToWorker } from './load-worker.ts'

/** A thread that reads a file and prepares its chunks, or every so manieth of them. */
export interface Reader {
  /** The next chunk of this reader, or the end. @throws UnreadableFile */
  next(): Promise<FromWorker>
  /** Cells of lines of the oldest chunk that is not done. */
  rawOf(lines: readonly number[]): Promise<readonly RawRow[]>
  /** The oldest chunk is stored. */
  done(): void
  stop(): Promise<unknown>
}

/** The file breaks the rules of its format; trying again does not help. */
export class UnreadableFile extends Error {}

export function startReader(task: LoadTask): Reader {
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), {
    workerData: task,
    // A chunk lives as long as it is read; with a small young generation every one would be copied.
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 128 },
  })
  const tell = (message: ToWorker) => worker.postMessage(message)
  const messages = inbox(worker)
  const held: FromWorker[] = []
  return {
    next: async () => held.shift() ?? (await messages.next()),
    rawOf: async (lines) => {
      tell({ kind: 'raw', lines })
      for (;;) {
        const message = await messages.next()
        if (message.kind === 'raw') return message.rows
        held.push(message)
      }
    },
    done: () => tell({ kind: 'done' }),
    stop: () => worker.terminate(),
  }
}

/** Messages of a worker in order. @throws UnreadableFile when the worker fails */
function inbox(worker: Worker): { next(): Promise<FromWorker> } {
  const waiting: FromWorker[] = []
  let failure: Error | undefined
  let wake = () => {}
  const fail = (error: Error) => {
    failure ??= error
    wake()
  }
  worker.on('message', (message: FromWorker) => {
    waiting.push(message)
    wake()
  })
  worker.on('error', (error) => fail(new UnreadableFile((error as Error).message)))
  worker.on('exit', () => fail(new Error('The reader of the file was stopped')))
  return {
    next: async () => {
      for (;;) {
        const first = waiting.shift()
        if (first) return first
        if (failure) throw failure
        await new Promise<void>((done) => (wake = done))
      }
    },
  }
}

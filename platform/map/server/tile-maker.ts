import { Worker } from 'node:worker_threads'
import { Defect } from '#runtime'
import type { Answer, Answers, Ask } from './tile-messages.ts'

/** The tile worker seen from the program; started at its first use. */
export class TileMaker {
  #worker: Worker | undefined
  #number = 0
  readonly #lost: () => void
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()

  /** @param lost called when the worker has died and everything must be made again */
  constructor(lost: () => void) {
    this.#lost = lost
  }

  ask<A extends Ask>(ask: A): Promise<Answers[A['do']]> {
    const worker = this.#start()
    const number = ++this.#number
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve: (value) => resolve(value as Answers[A['do']]), reject })
      worker.postMessage({ number, ask })
    })
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./tile-worker.ts', import.meta.url))
    worker.on('message', ({ number, value, error }: Answer) => {
      const waiting = this.#waiting.get(number)
      this.#waiting.delete(number)
      if (error === undefined) waiting?.resolve(value)
      else waiting?.reject(new Defect(error))
    })
    worker.on('error', (error) => this.#fail(String(error)))
    worker.on('exit', () => this.#fail('The tile worker ended.'))
    worker.unref()
    this.#worker = worker
    return worker
  }

  /** Whoever waits is told; the next question starts another worker. */
  #fail(reason: string): void {
    if (!this.#worker) return
    this.#worker = undefined
    this.#lost()
    for (const { reject } of this.#waiting.values()) reject(new Defect(reason))
    this.#waiting.clear()
  }
}

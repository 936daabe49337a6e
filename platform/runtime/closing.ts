import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

/** Longest time of a step of which nothing else is said. */
const STEP_MS = 500

interface Step {
  readonly limitMs: number
  readonly end: () => unknown
}

/** What must be ended of what has been started, last first; also when the start fails midway. */
export class Closing {
  readonly #log: Logger
  readonly #steps: Step[] = []
  #done: Promise<void> | undefined

  constructor(log: Logger) {
    this.#log = log
  }

  add(end: () => unknown, limitMs = STEP_MS): void {
    this.#steps.push({ end, limitMs })
  }

  /** Ends everything, once. A step that hangs or fails does not keep the others from their turn. */
  run(): Promise<void> {
    this.#done ??= this.#run()
    return this.#done
  }

  async #run(): Promise<void> {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) await this.#end(step)
  }

  async #end({ end, limitMs }: Step): Promise<void> {
    const timer = new AbortController()
    const tooLong = sleep(limitMs, 'late', { signal: timer.signal }).catch(() => undefined)
    const ended = Promise.resolve()
      .then(end)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'a step of the stop failed'))
    if ((await Promise.race([ended, tooLong])) === 'late')
      this.#log.warn({ limitMs }, 'a step of the stop takes too long')
    timer.abort()
  }
}

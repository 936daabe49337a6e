import { Convoy } from './convoy.ts'
import type { WorkParts } from './work-parts.ts'

/** Convoys at the same time: while the database serves one, the program works out the next. */
const LANES = 2
const MOST = 64
/** Milliseconds for which a unit alone keeps a lane, if it does not say that it is on its own way. */
const LONGEST_ALONE_MS = 40

/** A unit goes with others, or by itself and then says when nobody need wait for it any more. */
export type Way = Convoy | { readonly leaveLane: () => void }

/**
 * Lets units of work that come while others are being confirmed go together. None is kept waiting for company: who finds
 * a lane free sets out at once.
 */
export class Convoys {
  readonly #parts: WorkParts
  readonly #waiting: ((way: Way) => void)[] = []
  #busy = 0

  constructor(parts: WorkParts) {
    this.#parts = parts
  }

  join(): Promise<Way> {
    return new Promise((set) => {
      this.#waiting.push(set)
      this.#setOut()
    })
  }

  #setOut(): void {
    if (this.#busy === LANES || this.#waiting.length === 0) return
    this.#busy++
    setImmediate(() => {
      this.#send(this.#waiting.splice(0, MOST)).finally(() => {
        this.#busy--
        this.#setOut()
      })
    })
  }

  async #send(units: readonly ((way: Way) => void)[]): Promise<void> {
    const [only] = units
    if (!only) return
    if (units.length === 1) {
      await new Promise<void>((leaveLane) => {
        setTimeout(leaveLane, LONGEST_ALONE_MS).unref()
        only({ leaveLane })
      })
      return
    }
    const convoy = new Convoy(this.#parts, units.length)
    for (const set of units) set(convoy)
    await convoy.start()
  }
}

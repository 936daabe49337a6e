import { LRUCache } from 'lru-cache'

const MINUTE_MS = 60_000
/** Refused calls of one caller a minute that are each told apart; beyond them he waits. */
const MOST = 60
const CALLERS = 10_000

interface Count {
  minute: number
  refused: number
  turnedAway: number
}

/** Holds callers back whose calls are refused again and again: guessing, broken programs, attacks. */
export class FloodGate {
  readonly #counts = new LRUCache<string, Count>({ max: CALLERS })

  /** Whether this caller is turned away now. `times` of those turned away in the minute before are told once. */
  isShut(caller: string, now: number): boolean {
    const count = this.#of(caller, now)
    if (count.refused < MOST) return false
    count.turnedAway++
    return true
  }

  /** Notes a refusal. @returns true when it is the one that shuts the gate */
  refused(caller: string, now: number): boolean {
    return ++this.#of(caller, now).refused === MOST
  }

  #of(caller: string, now: number): Count {
    const minute = Math.floor(now / MINUTE_MS)
    const known = this.#counts.get(caller)
    if (known?.minute === minute) return known
    const fresh = { minute, refused: 0, turnedAway: 0 }
    this.#counts.set(caller, fresh)
    return fresh
  }
}

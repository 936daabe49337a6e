import { LRUCache } from 'lru-cache'
import type { Actor, App, Work } from '#runtime'
import type { SessionView } from './session-view.ts'

/** What a cookie or token stands for, and until when that is certain. */
export interface Known {
  readonly actor: Actor
  readonly view?: SessionView
  readonly freshUntil: number
}

/** Topic of events that cut cached actors in every process; the key is an account, a token or `*`. */
const CHANGED = 'identity.actor.changed'
const FRESH_MS = 5_000
const MOST = 20_000

/** Actors of recent callers, so that a signed-in read costs no query. Changes cut it at once, in every process. */
export class ActorCache {
  readonly #known = new LRUCache<string, Known>({ max: MOST })
  #changes = 0

  find(key: string, now: number): Known | undefined {
    const known = this.#known.get(key)
    return known && now < known.freshUntil && now >= known.freshUntil - FRESH_MS ? known : undefined
  }

  /** Loads what is not known, and keeps it unless something changed meanwhile. */
  async load(
    key: string,
    now: number,
    read: () => Promise<(Omit<Known, 'freshUntil'> & { readonly until?: number }) | undefined>,
  ): Promise<Known | undefined> {
    const before = this.#changes
    const found = await read()
    if (!found) return undefined
    const { until = Number.POSITIVE_INFINITY, ...rest } = found
    const known = { ...rest, freshUntil: Math.min(now + FRESH_MS, until) }
    if (before === this.#changes) this.#known.set(key, known)
    return known
  }

  forget(who: string): void {
    this.#changes++
    if (who === '*') this.#known.clear()
    else for (const [key, { actor }] of this.#known.entries()) if (actor.id === who) this.#known.delete(key)
  }

  /** Hears of changes made by other processes. */
  follow(app: App): void {
    app.hear(({ topic, key }) => {
      if (topic === CHANGED) this.forget(key)
    })
  }

  /** Tells that an account's (or token's, or with `*` anybody's) rights or sessions changed in this unit of work. */
  changed(work: Work, who: string): void {
    work.emit({ topic: CHANGED, key: who })
    work.afterCommit(() => this.forget(who))
  }
}

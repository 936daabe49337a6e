import { LRUCache } from 'lru-cache'
import type { KnownKind } from './catalogue.ts'

const DEFAULT_PER_CHANNEL = 600
const BURST_MINUTES = 60

interface Bucket {
  left: number
  filledAt: number
}

/** Shares of devices: each may send so many readings a minute, saved up for an hour. Kept by each process for itself. */
export class Shares {
  readonly #buckets = new LRUCache<string, Bucket>({ max: 100_000 })

  /** Answers, for one batch, whether a device may send one more reading. */
  taker(kind: KnownKind, now: number): (device: number) => boolean {
    const perMinute = kind.perMinute ?? DEFAULT_PER_CHANNEL * kind.channels.length
    const full = perMinute * BURST_MINUTES
    return (device) => {
      const key = `${kind.id} ${device}`
      const bucket = this.#buckets.get(key) ?? { left: full, filledAt: now }
      bucket.left = Math.min(full, bucket.left + ((now - bucket.filledAt) / 60_000) * perMinute)
      bucket.filledAt = now
      this.#buckets.set(key, bucket)
      if (bucket.left < 1) return false
      bucket.left--
      return true
    }
  }
}

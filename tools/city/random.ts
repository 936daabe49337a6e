/** Mixes whole numbers into 32 bits; the same numbers always give the same bits. */
export function mix(...parts: readonly number[]): number {
  let h = 0x9e3779b9
  for (const part of parts) {
    h = Math.imul(h ^ part, 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h ^= h >>> 16
  }
  return h >>> 0
}

/** A text as a number for `mix`. */
export function numberOf(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** A stream of numbers that depends on its seed only (mulberry32). */
export class Random {
  #state: number

  constructor(...seed: readonly number[]) {
    this.#state = mix(...seed)
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** Whole, at least 0, below `n`. */
  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  /** Whole, both ends possible. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: ArrayLike<T>): T {
    return list[this.below(list.length)] as T
  }

  /** Index by cumulative weights, whose last is the total. */
  weighted(cumulative: readonly number[]): number {
    const wanted = this.next() * (cumulative.at(-1) ?? 0)
    let [low, high] = [0, cumulative.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((cumulative[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return low
  }

  shuffle<T>(list: T[]): void {
    for (let at = list.length - 1; at > 0; at--) {
      const other = this.below(at + 1)
      const kept = list[at] as T
      list[at] = list[other] as T
      list[other] = kept
    }
  }

  /** About normal, mean 0, deviation 1. */
  normal(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * 1.732
  }
}

export function cumulate(weights: readonly number[]): number[] {
  let sum = 0
  return weights.map((weight) => {
    sum += weight
    return sum
  })
}

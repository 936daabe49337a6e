import { keyOf } from './model.ts'

/** Two records, the lower number first. */
export type Pair = readonly [a: number, b: number]

/** A sample of pairs, each as likely as any other however many there are: those whose hash with the seed is smallest. */
export class Draw {
  readonly #seed: number
  readonly #most: number
  #bound = 2 ** 32
  #drawn: { readonly rank: number; readonly pair: Pair }[] = []

  constructor(seed: number, most: number) {
    this.#seed = seed
    this.#most = most
  }

  /** A pair may be offered more than once; that makes it no more likely. */
  offer(a: number, b: number): void {
    const pair: Pair = a < b ? [a, b] : [b, a]
    const rank = keyOf(this.#seed, ...pair)
    if (rank >= this.#bound) return
    this.#drawn.push({ rank, pair })
    if (this.#drawn.length >= 4 * this.#most) this.#cut()
  }

  /** By their ranks, so that any first part of them is such a sample too. */
  pairs(): readonly Pair[] {
    this.#cut()
    return this.#drawn.map(({ pair }) => pair)
  }

  #cut(): void {
    const sorted = this.#drawn.sort((x, y) => x.rank - y.rank || x.pair[0] - y.pair[0] || x.pair[1] - y.pair[1])
    const once = sorted.filter(({ pair: [a, b] }, at) => {
      const before = sorted[at - 1]?.pair
      return !before || before[0] !== a || before[1] !== b
    })
    if (once.length > this.#most) this.#bound = once[this.#most]?.rank ?? this.#bound
    this.#drawn = once.slice(0, this.#most)
  }
}

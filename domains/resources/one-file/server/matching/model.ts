/**
 * Records are numbers from 0; what they hold is known only to the comparisons and blocks. So people, firms and the public
 * test sets are matched by the same code.
 */

/** One aspect in which two records can agree. */
export interface Comparison {
  readonly id: string
  /** Levels of agreement, best first, from 1; level 0 means that one of the two says nothing. */
  readonly levels: readonly string[]
  compare(a: number, b: number): number
  /** Share of records with the value on which the two agree at level 1 (and `rareUntil`): agreement on a rare one weighs more. */
  frequency?(a: number, b: number): number
  /** Last level at which `frequency` is used; 1 unless said. */
  readonly rareUntil?: number
}

/** Records with the same key are compared; 0 stands for none. Keys are hashes of 32 bits. */
export interface Block {
  readonly id: string
  key(record: number): number
}

/** What is learned: how often each level occurs between records of one entity (m) and of two (u). */
export interface Model {
  /** log2 of the odds that two records drawn at random belong together. */
  readonly prior: number
  readonly comparisons: readonly {
    readonly id: string
    readonly m: readonly number[]
    readonly u: readonly number[]
  }[]
}

/** Scores pairs under a model: Σ log2(m/u), Fellegi and Sunter, with term frequencies. */
export class Scorer {
  /** Level of each comparison of the pair scored last. */
  readonly levels: Uint8Array
  readonly #comparisons: readonly Comparison[]
  readonly #weights: readonly Float64Array[]
  readonly #logM: readonly Float64Array[]
  readonly #prior: number

  constructor(comparisons: readonly Comparison[], model: Model) {
    this.#comparisons = comparisons
    this.levels = new Uint8Array(comparisons.length)
    this.#prior = model.prior
    const byId = new Map(model.comparisons.map((each) => [each.id, each]))
    const of = (id: string) => byId.get(id) ?? { id, m: [], u: [] }
    this.#weights = comparisons.map(({ id, levels }) => {
      const { m, u } = of(id)
      return Float64Array.from([0, ...levels.map((_, at) => Math.log2((m[at] ?? 1) / (u[at] ?? 1)))])
    })
    this.#logM = comparisons.map(({ id, levels }) =>
      Float64Array.from([0, ...levels.map((_, at) => Math.log2(of(id).m[at] ?? 1))]),
    )
  }

  /** Weight in bits: log2 of the odds that the two belong together. */
  score(a: number, b: number): number {
    let weight = this.#prior
    for (let at = 0; at < this.#comparisons.length; at++) {
      const level = this.#comparisons[at]?.compare(a, b) ?? 0
      this.levels[at] = level
      weight += this.part(at, level, a, b)
    }
    return weight
  }

  /** What one comparison adds at a level. */
  part(at: number, level: number, a: number, b: number): number {
    if (level === 0) return 0
    const comparison = this.#comparisons[at]
    const plain = this.#weights[at]?.[level] ?? 0
    if (!comparison?.frequency || level > (comparison.rareUntil ?? 1)) return plain
    return (this.#logM[at]?.[level] ?? 0) - Math.log2(comparison.frequency(a, b))
  }
}

/** Mixes numbers to a key; never 0. */
export function keyOf(...parts: readonly number[]): number {
  let hash = 0x811c9dc5
  for (const part of parts) {
    hash = Math.imul(hash ^ part, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
    hash ^= hash >>> 13
  }
  return hash >>> 0 || 1
}

/** 32 bits of a text; never 0. */
export function textKey(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return keyOf(hash, text.length)
}

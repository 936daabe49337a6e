import { eachPair, Grouping } from './blocks.ts'
import { type Block, type Comparison, keyOf, type Model } from './model.ts'

const RANDOM_PAIRS = 2_000_000
const TRAINING_PAIRS = 1_000_000
const ROUNDS = 40
/** No level is impossible: what was never seen in the sample happens about half as often as once. */
const HALF = 0.5

export interface Training {
  readonly records: number
  readonly comparisons: readonly Comparison[]
  /**
   * Blocks to learn from. Within one, what its key is made of agrees by construction, so nothing is learned of the
   * comparisons in `fixes`; they are learned in another one.
   */
  readonly sessions: readonly { readonly block: Block; readonly fixes: readonly string[] }[]
}

/** Patterns of levels, with how often each occurred; the key has three bits a comparison. */
type Patterns = Map<number, { readonly levels: Uint8Array; count: number }>

/**
 * Learns m and u without any labelled pair: u from pairs drawn at random, m by expectation–maximisation over pairs of
 * blocks. The draw is a fixed function of the number of records, so the same records give the same model.
 */
export function train({ records, comparisons, sessions }: Training): Model {
  const random = randomPatterns(records, comparisons)
  let u = sharesOf(comparisons, random, () => 1)
  let learned = learn(records, comparisons, sessions, u)
  // The draw holds a few pairs that belong together; in small sets they would spoil u.
  u = sharesOf(comparisons, random, (levels) => 1 - posterior(levels, learned.m, u, learned.prior))
  learned = learn(records, comparisons, sessions, u)
  return {
    prior: learned.prior,
    comparisons: comparisons.map(({ id }, at) => ({ id, m: learned.m[at] ?? [], u: u[at] ?? [] })),
  }
}

function randomPatterns(records: number, comparisons: readonly Comparison[]): Patterns {
  const all = (records * (records - 1)) / 2
  const patterns: Patterns = new Map()
  const levels = new Uint8Array(comparisons.length)
  const add = (a: number, b: number) => count(patterns, comparisons, levels, a, b)
  if (all <= RANDOM_PAIRS) {
    for (let a = 0; a < records; a++) for (let b = a + 1; b < records; b++) add(a, b)
    return patterns
  }
  for (let n = 0; n < RANDOM_PAIRS; n++) {
    const a = keyOf(n, 1) % records
    const b = keyOf(n, 2) % records
    if (a !== b) add(a, b)
  }
  return patterns
}

function count(patterns: Patterns, comparisons: readonly Comparison[], levels: Uint8Array, a: number, b: number) {
  let id = 0
  for (let at = 0; at < comparisons.length; at++) {
    levels[at] = comparisons[at]?.compare(a, b) ?? 0
    id = id * 8 + (levels[at] ?? 0)
  }
  const known = patterns.get(id)
  if (known) known.count++
  else patterns.set(id, { levels: levels.slice(), count: 1 })
}

/** Share of each level among the patterns in which the comparison says anything. */
function sharesOf(comparisons: readonly Comparison[], patterns: Patterns, weigh: (levels: Uint8Array) => number) {
  const sums = comparisons.map(({ levels }) => new Float64Array(levels.length + 1))
  for (const { levels, count: times } of patterns.values()) {
    const weight = times * weigh(levels)
    for (const [at, sum] of sums.entries()) sum[levels[at] ?? 0] = (sum[levels[at] ?? 0] ?? 0) + weight
  }
  return sums.map(shares)
}

function shares(sums: Float64Array): number[] {
  const known = sums.subarray(1)
  const total = known.reduce((sum, each) => sum + each + HALF, 0)
  return Array.from(known, (each) => (each + HALF) / total)
}

function learn(
  records: number,
  comparisons: readonly Comparison[],
  sessions: Training['sessions'],
  u: readonly (readonly number[])[],
): { readonly m: number[][]; readonly prior: number } {
  const m: number[][] = comparisons.map(() => [])
  let together = 0
  for (const { block, fixes } of sessions) {
    const { patterns, of, drawn } = blockPatterns(records, comparisons, block)
    const active = comparisons.map(({ id }) => !fixes.includes(id))
    const found = maximise(patterns, comparisons, active, u)
    for (const [at, learned] of found.m.entries()) if (active[at] && m[at]?.length === 0) m[at] = learned
    together = Math.max(together, (found.share * of * drawn) / Math.max(drawn, 1))
  }
  const all = (records * (records - 1)) / 2
  const odds = Math.max(together, 1) / Math.max(all - together, 1)
  return { m: m.map((each, at) => (each.length > 0 ? each : [...(u[at] ?? [])])), prior: Math.log2(odds) }
}

/** A part of the pairs of a block, chosen by their numbers; `of` is how many pairs the block has. */
function blockPatterns(records: number, comparisons: readonly Comparison[], block: Block) {
  const grouping = new Grouping(records, block)
  let of = 0
  eachPair(grouping, () => of++)
  const step = Math.max(1, Math.ceil(of / TRAINING_PAIRS))
  const patterns: Patterns = new Map()
  const levels = new Uint8Array(comparisons.length)
  let drawn = 0
  eachPair(grouping, (a, b) => {
    if (step > 1 && keyOf(a, b) % step !== 0) return
    drawn++
    count(patterns, comparisons, levels, a, b)
  })
  return { patterns, of, drawn }
}

/** Expectation–maximisation over patterns, with u given. */
function maximise(
  patterns: Patterns,
  comparisons: readonly Comparison[],
  active: readonly boolean[],
  u: readonly (readonly number[])[],
): { readonly m: number[][]; readonly share: number } {
  let m = comparisons.map(({ levels }) => levels.map((_, at) => firstGuess(at, levels.length)))
  let share = 0.5
  for (let round = 0; round < ROUNDS; round++) {
    const prior = Math.log2(share / (1 - share))
    const sums = comparisons.map(({ levels }) => new Float64Array(levels.length + 1))
    let [matched, total] = [0, 0]
    for (const { levels, count: times } of patterns.values()) {
      const weight = times * posterior(levels, m, u, prior, active)
      matched += weight
      total += times
      for (const [at, sum] of sums.entries()) sum[levels[at] ?? 0] = (sum[levels[at] ?? 0] ?? 0) + weight
    }
    m = sums.map(shares)
    share = Math.min(Math.max(matched / Math.max(total, 1), 1e-6), 1 - 1e-6)
  }
  return { m, share }
}

/** Most pairs of one entity agree, the others a little. */
const firstGuess = (at: number, levels: number): number => (at === 0 ? 0.9 : 0.1 / Math.max(1, levels - 1))

function posterior(
  levels: Uint8Array,
  m: readonly (readonly number[])[],
  u: readonly (readonly number[])[],
  prior: number,
  active?: readonly boolean[],
): number {
  let weight = prior
  for (let at = 0; at < levels.length; at++) {
    const level = levels[at] ?? 0
    if (level === 0 || active?.[at] === false) continue
    weight += Math.log2((m[at]?.[level - 1] ?? 1) / (u[at]?.[level - 1] ?? 1))
  }
  return 1 / (1 + 2 ** -weight)
}

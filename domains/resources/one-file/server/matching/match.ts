import { eachPair, Grouping } from './blocks.ts'
import { Clusters } from './clusters.ts'
import { Draw, type Pair } from './draw.ts'
import { type EdgeKind, Edges } from './edges.ts'
import { type Block, type Comparison, type Model, Scorer } from './model.ts'

/** What a kind of thing says about matching its records. */
export interface Kind {
  readonly comparisons: readonly Comparison[]
  /** The first one holds most pairs; what it settles is not looked at again. */
  readonly blocks: readonly Block[]
  /** Whether a record has a key that no other entity may have, and whether two have the same. */
  speaks(record: number): boolean
  sameKey(a: number, b: number): boolean
  /** Records with the same key, that of the first block, are one whatever the weight and however many they are. */
  readonly keyDecides?: true
  /**
   * The most that may be decided without a person, whatever the weight.
   * @param levels of the comparisons, as `Scorer` leaves them
   */
  most(a: number, b: number, levels: Uint8Array): EdgeKind | 'no'
}

export interface Thresholds {
  /** Bits from which two records are joined. */
  readonly match: number
  /** Bits from which a person looks. */
  readonly review: number
  /** A record without a key joins the better of two entities only if it is better by so many bits. */
  readonly margin: number
}

/** What persons decided earlier; records by number. */
export interface Decided {
  readonly same: readonly (readonly [number, number])[]
  readonly different: readonly (readonly [number, number])[]
}

export interface ReviewPair {
  readonly a: number
  readonly b: number
  readonly weight: number
  /** Why a person has to look: between the thresholds, two entities fit equally, or keys that differ. */
  readonly why: 'unsure' | 'two-fit' | 'keys-differ'
}

export interface Matched {
  /** Of each record the lowest record of its set. */
  readonly entity: Int32Array
  readonly review: readonly ReviewPair[]
  /** Automatic decisions drawn for a person to check: joined by equal keys, joined by the other marks, kept apart. */
  readonly samples: {
    readonly byKey: readonly Pair[]
    readonly joined: readonly Pair[]
    readonly apart: readonly Pair[]
  }
  readonly counts: { pairs: number; joined: number; apart: number; passed: number }
}

/** Drawn of each sort; of these, as many as the rules say that no person has seen yet are shown. */
const MOST_SAMPLES = 2000
/** Pairs below this many bits under the threshold are no decision worth a check. */
const NEAR = 20

const NOTHING: Decided = { same: [], different: [] }

/**
 * Compares, decides and joins. Deterministic: the same records, model and decisions give the same entities.
 * @param seed another one draws other samples
 */
export function match(
  records: number,
  kind: Kind,
  model: Model,
  thresholds: Thresholds,
  { decided = NOTHING, seed = 0 }: { readonly decided?: Decided; readonly seed?: number } = {},
): Matched {
  const clusters = new Clusters(records, kind.speaks, kind.sameKey)
  for (const [a, b] of decided.same) clusters.join(a, b)
  for (const [a, b] of decided.different) clusters.keepApart(a, b)
  const scorer = new Scorer(kind.comparisons, model)
  const edges = new Edges()
  const buffer = new ArrayBuffer(8 * records)
  const counts = { pairs: 0, joined: 0, apart: 0, passed: 0 }
  const samples = {
    byKey: new Draw(seed, MOST_SAMPLES),
    joined: new Draw(seed, MOST_SAMPLES),
    apart: new Draw(seed, MOST_SAMPLES),
  }
  const isSame = (a: number, b: number) => kind.speaks(a) && kind.speaks(b) && kind.sameKey(a, b)
  const joinSame = (a: number, b: number) => {
    if (!isSame(a, b) || clusters.conflict(a, b)) return
    samples.byKey.offer(a, b)
    counts.joined++
    clusters.join(a, b)
  }
  const [first] = kind.blocks
  if (kind.keyDecides && first) {
    const grouping = new Grouping(records, first, buffer)
    grouping.groups(Number.POSITIVE_INFINITY, (from, until) => {
      for (let at = from + 1; at < until; at++) joinSame(grouping.at(at - 1), grouping.at(at))
    })
  }
  for (const [at, block] of kind.blocks.entries()) {
    const grouping = new Grouping(records, block, buffer)
    counts.passed += eachPair(grouping, (a, b) => {
      if ((at > 0 || kind.keyDecides) && clusters.find(a) === clusters.find(b)) return
      counts.pairs++
      const weight = scorer.score(a, b)
      if (weight < thresholds.review) {
        counts.apart++
        if (weight > thresholds.review - NEAR) samples.apart.offer(a, b)
        return
      }
      const most = kind.most(a, b, scorer.levels)
      if (most === 'no') return
      const joins = most === 'join' && weight >= thresholds.match
      // Equal keys: only a person can contradict, so the pair need not wait for the better ones.
      if (joins && isSame(a, b)) {
        if (clusters.conflict(a, b)) return
        samples.byKey.offer(a, b)
        counts.joined++
        clusters.join(a, b)
      } else edges.add(a, b, weight, most === 'join' && !joins ? 'review' : most)
    })
  }
  const review = settle(clusters, edges, thresholds, (a, b) => {
    samples.joined.offer(a, b)
    counts.joined++
  })
  const entity = new Int32Array(records)
  for (let record = 0; record < records; record++) entity[record] = clusters.find(record)
  return {
    entity,
    review: once(review).filter(({ a, b }) => entity[a] !== entity[b]),
    samples: {
      byKey: samples.byKey.pairs(),
      joined: samples.joined.pairs(),
      apart: samples.apart.pairs().filter(([a, b]) => entity[a] !== entity[b]),
    },
    counts,
  }
}

/** Several blocks bring the same pair. */
function once(pairs: readonly ReviewPair[]): ReviewPair[] {
  const seen = new Set<string>()
  return pairs.filter(({ a, b }) => !seen.has(`${a}/${b}`) && seen.add(`${a}/${b}`))
}

/** Takes the edges best first: joins, keeps for a person, or drops. */
function settle(
  clusters: Clusters,
  edges: Edges,
  { margin }: Thresholds,
  joined: (a: number, b: number) => void,
): ReviewPair[] {
  const review: ReviewPair[] = []
  edges.sort()
  for (let at = 0; at < edges.size; at++) {
    const edge = edges.at(at)
    const { a, b, weight, kind } = edge
    if (clusters.find(a) === clusters.find(b)) continue
    const conflict = clusters.conflict(a, b)
    if (kind === 'keys-differ') review.push({ a, b, weight, why: 'keys-differ' })
    else if (conflict) continue
    else if (kind === 'review') review.push({ a, b, weight, why: 'unsure' })
    else if (edges.hasRival(edge, margin, clusters)) review.push({ a, b, weight, why: 'two-fit' })
    else {
      joined(a, b)
      clusters.join(a, b)
    }
  }
  return review
}

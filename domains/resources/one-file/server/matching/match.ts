import { eachPair, Grouping } from './blocks.ts'
import { Clusters } from './clusters.ts'
import { type EdgeKind, Edges } from './edges.ts'
import { type Block, type Comparison, keyOf, type Model, Scorer } from './model.ts'

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
  /** Automatic decisions drawn for a person to check. */
  readonly samples: { readonly joined: readonly Sample[]; readonly apart: readonly Sample[] }
  readonly counts: { pairs: number; joined: number; apart: number; passed: number }
}
export interface Sample {
  readonly a: number
  readonly b: number
  readonly weight: number
}

/** One of so many automatic decisions is drawn, by the numbers of its records. */
const EACH = 1009
const MOST_SAMPLES = 2000
/** Pairs below this many bits under the threshold are no decision worth a check. */
const NEAR = 20

/** Compares, decides and joins. Deterministic: the same records, model and decisions give the same entities. */
export function match(
  records: number,
  kind: Kind,
  model: Model,
  thresholds: Thresholds,
  decided: Decided = { same: [], different: [] },
  progress: (done: number, of: number) => void = () => {},
): Matched {
  const clusters = new Clusters(records, kind.speaks, kind.sameKey)
  for (const [a, b] of decided.same) clusters.join(a, b)
  for (const [a, b] of decided.different) clusters.keepApart(a, b)
  const scorer = new Scorer(kind.comparisons, model)
  const edges = new Edges()
  const buffer = new ArrayBuffer(8 * records)
  const counts = { pairs: 0, joined: 0, apart: 0, passed: 0 }
  const samples: { joined: Sample[]; apart: Sample[] } = { joined: [], apart: [] }
  const draw = (list: Sample[], a: number, b: number, weight: number) => {
    if (list.length < MOST_SAMPLES && keyOf(a, b) % EACH === 0) list.push({ a, b, weight })
  }
  const isSame = (a: number, b: number) => kind.speaks(a) && kind.speaks(b) && kind.sameKey(a, b)
  const joinSame = (a: number, b: number) => {
    if (!isSame(a, b) || clusters.conflict(a, b)) return
    draw(samples.joined, a, b, scorer.score(a, b))
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
  kind.blocks.forEach((block, at) => {
    const grouping = new Grouping(records, block, buffer)
    counts.passed += eachPair(grouping, (a, b) => {
      if ((at > 0 || kind.keyDecides) && clusters.find(a) === clusters.find(b)) return
      counts.pairs++
      const weight = scorer.score(a, b)
      if (weight < thresholds.review) {
        counts.apart++
        if (weight > thresholds.review - NEAR) draw(samples.apart, a, b, weight)
        return
      }
      const most = kind.most(a, b, scorer.levels)
      if (most === 'no') return
      const joins = most === 'join' && weight >= thresholds.match
      if (joins) draw(samples.joined, a, b, weight)
      // Equal keys: only a person can contradict, so the pair need not wait for the better ones.
      if (joins && isSame(a, b)) {
        if (clusters.conflict(a, b)) return
        counts.joined++
        clusters.join(a, b)
      } else edges.add(a, b, weight, most === 'join' && !joins ? 'review' : most)
    })
    progress(at + 1, kind.blocks.length + 1)
  })
  const review = settle(clusters, edges, thresholds, counts)
  progress(kind.blocks.length + 1, kind.blocks.length + 1)
  const entity = new Int32Array(records)
  for (let record = 0; record < records; record++) entity[record] = clusters.find(record)
  return { entity, review: once(review).filter(({ a, b }) => entity[a] !== entity[b]), samples, counts }
}

/** Several blocks bring the same pair. */
function once(pairs: readonly ReviewPair[]): ReviewPair[] {
  const seen = new Set<string>()
  return pairs.filter(({ a, b }) => !seen.has(`${a}/${b}`) && seen.add(`${a}/${b}`))
}

/** Takes the edges best first: joins, keeps for a person, or drops. */
function settle(clusters: Clusters, edges: Edges, { margin }: Thresholds, counts: Matched['counts']): ReviewPair[] {
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
      counts.joined++
      clusters.join(a, b)
    }
  }
  return review
}

import { parentPort, workerData } from 'node:worker_threads'
import { firmKind, firmTraining } from '../matching/firms/kind.ts'
import type { FirmData } from '../matching/firms/records.ts'
import { type Decided, match, type ReviewPair, type Thresholds } from '../matching/match.ts'
import { type Model, Scorer } from '../matching/model.ts'
import { peopleKind, peopleTraining } from '../matching/people/kind.ts'
import { type PeopleData, PeopleRecords } from '../matching/people/records.ts'
import { train } from '../matching/train.ts'
import { assign } from './assign.ts'
import type { Sets } from './records.ts'

/** What the thread is given; the columns are moved, not copied. */
export type MatchTask = {
  readonly count: number
  readonly thresholds: Thresholds
  readonly decided: Decided
  /** Another one draws other samples. */
  readonly seed: number
  /** Of each record the entity it belonged to before, 0 for none. */
  readonly prior: Int32Array
  /** Absent: learned from these records. */
  readonly model: Model | undefined
} & ({ readonly kind: 'person'; readonly data: PeopleData } | { readonly kind: 'firm'; readonly data: FirmData })

/** A pair for a person to look at, with what each comparison says: level and bits. */
export interface ExplainedPair {
  readonly a: number
  readonly b: number
  readonly weight: number
  readonly why: ReviewPair['why'] | 'sample-by-key' | 'sample-joined' | 'sample-apart'
  readonly parts: readonly { readonly id: string; readonly level: number; readonly bits: number }[]
}

export interface MatchAnswer {
  readonly sets: Sets
  readonly model: Model
  readonly review: readonly ExplainedPair[]
  readonly samples: readonly ExplainedPair[]
}

function run(task: MatchTask): MatchAnswer {
  const people = task.kind === 'person' ? new PeopleRecords(task.data) : undefined
  const kind = people ? peopleKind(people) : firmKind(task.data as FirmData)
  const model = task.model ?? train(people ? peopleTraining(people) : firmTraining(task.data as FirmData))
  const { entity, review, samples } = match(task.count, kind, model, task.thresholds, task)
  const scorer = new Scorer(kind.comparisons, model)
  const explain = (a: number, b: number, why: ExplainedPair['why']): ExplainedPair => {
    const weight = scorer.score(a, b)
    const levels = scorer.levels.slice()
    const parts = kind.comparisons.map(({ id }, at) => {
      const level = levels[at] ?? 0
      return { id, level, bits: scorer.part(at, level, a, b) }
    })
    return { a, b, weight, why, parts }
  }
  return {
    sets: { root: entity, kept: assign(entity, task.prior) },
    model,
    review: review.map(({ a, b, why }) => explain(a, b, why)),
    samples: [
      ...samples.byKey.map(([a, b]) => explain(a, b, 'sample-by-key')),
      ...samples.joined.map(([a, b]) => explain(a, b, 'sample-joined')),
      ...samples.apart.map(([a, b]) => explain(a, b, 'sample-apart')),
    ],
  }
}

const answer = run(workerData as MatchTask)
const { root, kept } = answer.sets
parentPort?.postMessage(answer, [root.buffer as ArrayBuffer, kept.buffer as ArrayBuffer])

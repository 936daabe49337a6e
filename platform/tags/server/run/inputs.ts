import { createHash } from 'node:crypto'
import type { Snapshot } from '#platform/analytics'
import type { RulePack } from '#platform/rules'
import type { TagFeature, TagSubject } from '../../declaration.ts'
import type { InForce } from '../book.ts'
import { isOfDay } from './sql.ts'

/** What values are made of. */
export interface Inputs {
  readonly day: string
  readonly subject: TagSubject
  readonly features: readonly TagFeature[]
  readonly snapshots: ReadonlyMap<string, Snapshot>
  readonly editions: ReadonlyMap<string, RulePack>
}

/**
 * Of what something was made. While `exact` is the same, so are its rows. While `like` is, only members can differ that
 * have changed rows beside the bases of the copies.
 */
export interface Marks {
  readonly like: string
  readonly exact: string
}

type Made = Pick<TagFeature, 'sources' | 'rules' | 'features'>

const mark = (of: unknown): string => createHash('sm3').update(JSON.stringify(of)).digest('hex').slice(0, 12)

/** Whether each of its rows follows from rows of that one member. */
export const isLocal = ({ sources }: Pick<Made, 'sources'>): boolean =>
  sources.length > 0 && sources.every(({ by }) => by !== undefined)

/** What is made of facts alone is kept from run to run. */
export const isKept = ({ features }: Pick<TagFeature, 'features'>): boolean => features.length === 0

export const featureMarks = (feature: TagFeature, inputs: Inputs): Marks => marksOf(feature, [feature.sql], inputs)

export function tagMarks(tag: InForce, inputs: Inputs): Marks {
  const { like, exact } = marksOf(tag, [tag.logic, tag.score ?? ''], inputs)
  const subject = inputs.snapshots.get(inputs.subject.dataset)
  return { like: mark([like, subject?.base]), exact: mark([exact, subject?.state]) }
}

function marksOf(made: Made, statements: readonly string[], inputs: Inputs): Marks {
  const { snapshots, editions, day } = inputs
  const { sources, rules } = made
  const features = made.features.flatMap((id) => {
    const feature = inputs.features.find((each) => each.id === id)
    return feature ? [featureMarks(feature, inputs)] : []
  })
  const same = [statements, statements.some(isOfDay) && day, sources, rules.map((rule) => editions.get(rule)?.id)]
  const copies = sources.map(({ dataset }) => snapshots.get(dataset))
  const exact = mark([same, copies.map((copy) => copy?.state), features.map((each) => each.exact)])
  if (!isLocal(made)) return { like: exact, exact }
  return { like: mark([same, copies.map((copy) => copy?.base), features.map((each) => each.like)]), exact }
}

/** Text of marks, as a run notes them of each tag. */
export const markText = ({ like, exact }: Marks): string => `${like}_${exact}`
export const isAlike = (before: string | null | undefined, { like }: Marks): boolean =>
  before?.startsWith(`${like}_`) ?? false

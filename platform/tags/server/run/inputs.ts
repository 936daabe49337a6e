import { createHash } from 'node:crypto'
import type { TagFeature } from '../../declaration.ts'
import type { InForce } from '../book.ts'
import type { RunState } from './plan.ts'
import { isOfDay } from './sql.ts'

type Inputs = Pick<RunState, 'snapshots' | 'editions' | 'day' | 'subject' | 'features'>

const mark = (of: unknown): string => createHash('sm3').update(JSON.stringify(of)).digest('hex').slice(0, 12)

/** What is made of facts alone is kept from run to run. */
export const isKept = ({ features }: TagFeature): boolean => features.length === 0

export const featurePrefix = (feature: TagFeature): string => `tags_f_${feature.id}_`

/** Its tables of one statement over the same bases: only members with rows that differ from the bases are computed again. */
function likePrefix(feature: TagFeature, { snapshots, editions }: Pick<Inputs, 'snapshots' | 'editions'>): string {
  const bases = feature.sources.map(({ dataset }) => snapshots.get(dataset)?.base)
  const numbers = feature.rules.map((rule) => editions.get(rule)?.id)
  return `${featurePrefix(feature)}${mark([feature, bases, numbers])}_`
}

/** Table that keeps a feature; its name tells from what it was made, whatever became of the run that made it. */
export function featureTable(feature: TagFeature, inputs: Pick<Inputs, 'snapshots' | 'editions'>): string {
  const states = feature.sources.map(({ dataset }) => inputs.snapshots.get(dataset)?.state)
  return `${likePrefix(feature, inputs)}${mark(states)}`
}

/** The table of exactly this feature, or one from which it can be brought up to now. */
export function knownTable(feature: TagFeature, state: RunState): string | undefined {
  const exact = featureTable(feature, state)
  if (state.tables.has(exact)) return exact
  if (feature.sources.some(({ by }) => by === undefined)) return undefined
  const like = likePrefix(feature, state)
  return [...state.tables].find((table) => table.startsWith(like))
}

/** Everything that a tag is made of: while it is the same, so are its values. */
export const inputsOf = (tag: InForce, inputs: Inputs): string =>
  mark([inputs.snapshots.get(inputs.subject.dataset)?.state, madeOf(tag, [tag.logic, tag.score ?? ''], inputs)])

function madeOf(
  { sources, rules, features }: Pick<TagFeature, 'sources' | 'rules' | 'features'>,
  statements: readonly string[],
  inputs: Inputs,
): string {
  const { snapshots, editions, day } = inputs
  return mark([
    statements,
    statements.some(isOfDay) && day,
    sources.map((source) => [source, snapshots.get(source.dataset)?.state]),
    rules.map((rule) => editions.get(rule)?.id),
    features.map((id) => featureInputs(id, inputs)),
  ])
}

function featureInputs(id: string, inputs: Inputs): string {
  const feature = inputs.features.find((each) => each.id === id)
  if (!feature) return ''
  return isKept(feature) ? featureTable(feature, inputs) : madeOf(feature, [feature.sql], inputs)
}

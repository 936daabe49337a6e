import type { TagFeature, TagSubject } from '../../declaration.ts'
import { featureMarks, type Inputs, isLocal } from './inputs.ts'
import { tableOf } from './sql.ts'

/** Where a feature lies between runs: of a local one the rows as of the bases, and those of members changed since. */
export interface KeptFeature {
  readonly base: string
  readonly over?: string
}

const featurePrefix = ({ id }: TagFeature): string => `tags_f_${id}_`
const overPrefix = ({ id }: TagFeature): string => `tags_o_${id}_`

/** Tables of a feature; their names tell of what they were made, whatever became of the run that made them. */
export function keptFeature(feature: TagFeature, inputs: Inputs): KeptFeature {
  const { like, exact } = featureMarks(feature, inputs)
  const base = `${featurePrefix(feature)}${like}`
  return isLocal(feature) ? { base, over: `${overPrefix(feature)}${like}_${exact}` } : { base }
}

/** The tables of a feature that the last run left. */
export function lastFeature(feature: TagFeature, tables: ReadonlySet<string>): KeptFeature | undefined {
  for (const base of tables) {
    if (!isOf(feature, base) || !base.startsWith(featurePrefix(feature))) continue
    if (!isLocal(feature)) return { base }
    const like = base.slice(featurePrefix(feature).length)
    const over = [...tables].find((each) => each.startsWith(`${overPrefix(feature)}${like}_`))
    if (over) return { base, over }
  }
  return undefined
}

const FEATURE = /^tags_[fo]_(.+?)(_[0-9a-f]{12}){1,2}$/
export const isOf = ({ id }: TagFeature, table: string): boolean => FEATURE.exec(table)?.[1] === id

/** Values of a run: all of them as of some run, what differs since, and the members that had changed rows. */
export interface KeptValues {
  readonly base: string
  readonly over?: string
  readonly touched?: string
}

const SUBJECT = /^tags_[cdt]_(.+?)(_\d+){1,2}$/
export const isOfSubject = ({ id }: TagSubject, table: string): boolean => SUBJECT.exec(table)?.[1] === tableOf(id)

export const valuesTable = ({ id }: TagSubject, run: number): string => `tags_c_${tableOf(id)}_${run}`
export const touchedTable = ({ id }: TagSubject, run: number): string => `tags_t_${tableOf(id)}_${run}`
/** What differs after a run from the values that `base` holds. */
export const overTable = (base: string, run: number): string => `${base.replace('tags_c_', 'tags_d_')}_${run}`

/** The values that a run left; undefined when they are lost. */
export function keptValues(subject: TagSubject, run: number, tables: ReadonlySet<string>): KeptValues | undefined {
  const isThere = (table: string) => tables.has(table)
  const touched = [touchedTable(subject, run)].find(isThere)
  const own = valuesTable(subject, run)
  const rest = touched ? { touched } : {}
  if (isThere(own)) return { base: own, ...rest }
  const over = [...tables].find(
    (table) => isOfSubject(subject, table) && /^tags_d_.+_\d+_(\d+)$/.exec(table)?.[1] === String(run),
  )
  const base = over?.replace('tags_d_', 'tags_c_').replace(/_\d+$/, '')
  return over && base && isThere(base) ? { base, over, ...rest } : undefined
}

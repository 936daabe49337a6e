import type { Step } from '#platform/analytics'
import type { TagFeature } from '../../declaration.ts'
import { isKept } from './inputs.ts'
import { type KeptFeature, keptFeature } from './kept.ts'
import type { RunState } from './plan.ts'
import { onDay, seen, tableOf, within, withSources } from './sql.ts'

/** Members whose tags are computed again, where not all are. */
export const SCOPE = 'select key from scope'
/** Under this name a feature's rows of those members alone are seen. */
export const partName = (id: string): string => `p_${id}`

export const derivedStep = ({ id, sources, sql }: TagFeature, day: string): Step => ({
  name: id,
  sql: withSources(sources, onDay(sql, day)),
})

export interface FeaturePlan {
  /** What is made of facts: kept. */
  readonly facts: readonly Step[]
  /** Of which it is known whose rows differ from those as of the bases: step `x_…` has their keys. */
  readonly compared: ReadonlySet<TagFeature>
  /** How tags see them: whole, and of the members in scope. */
  readonly views: readonly Step[]
  readonly keep: Readonly<Record<string, string>>
  /** Tables of earlier runs that are read. */
  readonly had: readonly string[]
  /** Tables that the next run needs. */
  readonly wanted: readonly string[]
}

/** What the features need that some tags use, as a whole or in part; those that lie there are compared besides. */
export function planFeatures(state: RunState, whole: readonly TagFeature[], part: readonly TagFeature[]): FeaturePlan {
  const isThere = (table: string) => state.tables.has(table)
  const used = state.features.filter((feature) => whole.includes(feature) || part.includes(feature))
  const kept = state.features
    .filter(isKept)
    .map((feature) => ({ feature, tables: keptFeature(feature, state) }))
    .filter(({ feature, tables: { base, over = base } }) => used.includes(feature) || (isThere(base) && isThere(over)))
  const all = kept.flatMap(({ feature: { id }, tables: { base, over } }) => [
    { table: base, step: `b_${id}` },
    ...(over ? [{ table: over, step: `o_${id}` }] : []),
  ])
  return {
    facts: kept.flatMap(({ feature, tables }) => factSteps(feature, tables, isThere)),
    compared: new Set(kept.filter(({ tables }) => tables.over).map(({ feature }) => feature)),
    views: used.flatMap((feature) => [
      ...(whole.includes(feature) ? [wholeStep(feature, state, isThere)] : []),
      ...(part.includes(feature) ? [partStep(feature, state, isThere)] : []),
    ]),
    keep: Object.fromEntries(all.filter(({ table }) => !isThere(table)).map(({ table, step }) => [table, step])),
    had: all.map(({ table }) => table).filter(isThere),
    wanted: all.map(({ table }) => table),
  }
}

/** Rows of all members as of the bases, anew those of members with changed rows, and whose then differ. */
function factSteps(feature: TagFeature, { base, over }: KeptFeature, isThere: (table: string) => boolean): Step[] {
  const { id, sources, sql } = feature
  const asOf = withSources(sources, sql, ({ dataset }) => (over ? { of: `${tableOf(dataset)}_base` } : {}))
  const first = isThere(base) ? [] : [{ name: `b_${id}`, sql: asOf }]
  if (!over) return first
  const now = (table: string, step: string) => (isThere(table) ? table : step)
  const compare = { name: `x_${id}`, sql: differingSql(now(base, `b_${id}`), now(over, `o_${id}`)) }
  if (isThere(over)) return [...first, compare]
  const keys = sources.map(({ dataset, by }) => `select ${by} as key from ${tableOf(dataset)}_changed`)
  const anew = withSources(sources, sql, () => ({ only: `select key from k_${id}` }))
  return [
    ...first,
    { name: `k_${id}`, sql: `select distinct key from (${keys.join(' union all ')}) where key is not null` },
    {
      name: `o_${id}`,
      sql: `select k.key, n.key is not null as _found, n.* exclude (key) from k_${id} k left join (${anew}) n on n.key = k.key`,
    },
    compare,
  ]
}

/** Keys of members whose rows are not what they were as of the bases. */
function differingSql(base: string, over: string): string {
  const was = `select key, * exclude (key) from ${base} semi join ${over} using (key)`
  const is = `select key, * exclude (key, _found) from ${over} where _found`
  return `select distinct key from ((${was} except all ${is}) union all (${is} except all ${was}))`
}

/** SQL of a kept feature's rows, where `base` and `over` are tables. */
export function keptSql({ base, over }: KeptFeature): string {
  if (!over) return `select * from ${base}`
  return `select * from ${base} anti join ${over} using (key) union all by name ${anewSql(over)}`
}

/** SQL of its rows of members in scope. */
function scopedSql({ base, over }: KeptFeature): string {
  if (!over) return `select * from ${base} semi join scope using (key)`
  const rest = `select key from scope anti join ${over} using (key)`
  return `select * from ${base} where key in (${rest})
    union all by name select * from (${anewSql(over)}) semi join scope using (key)`
}

const anewSql = (over: string): string => `select * exclude (_found) from ${over} where _found`

function tablesNow(feature: TagFeature, state: RunState, isThere: (table: string) => boolean): KeptFeature {
  const { base, over } = keptFeature(feature, state)
  const now = isThere(base) ? base : `b_${feature.id}`
  return over ? { base: now, over: isThere(over) ? over : `o_${feature.id}` } : { base: now }
}

function wholeStep(feature: TagFeature, state: RunState, isThere: (table: string) => boolean): Step {
  if (!isKept(feature)) return derivedStep(feature, state.day)
  return { name: feature.id, sql: keptSql(tablesNow(feature, state, isThere)) }
}

function partStep(feature: TagFeature, state: RunState, isThere: (table: string) => boolean): Step {
  const name = partName(feature.id)
  if (isKept(feature)) return { name, sql: scopedSql(tablesNow(feature, state, isThere)) }
  return { name, sql: withinScope(feature, onDay(feature.sql, state.day)) }
}

/** A statement that sees of its sources and features the members in scope. */
export const withinScope = (made: Pick<TagFeature, 'sources' | 'features'>, statement: string): string =>
  within(
    [
      ...made.sources.map((source) => seen(source, { only: SCOPE })),
      ...made.features.map((id): [string, string] => [id, `select * from main.${partName(id)}`]),
    ],
    statement,
  )

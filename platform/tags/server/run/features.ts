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
  const used = state.features.filter((feature) => whole.includes(feature) || part.includes(feature))
  const kept = state.features
    .filter(isKept)
    .map((feature) => placesOf(feature, state))
    .filter(({ feature, places }) => used.includes(feature) || places.every(({ isThere }) => isThere))
  const all = kept.flatMap(({ places }) => places)
  const now = new Map(kept.map((each) => [each.feature, each.now]))
  return {
    facts: kept.flatMap(factSteps),
    compared: new Set(kept.filter((each) => each.now.over).map(({ feature }) => feature)),
    views: used.flatMap((feature) => [
      ...(whole.includes(feature) ? [wholeStep(feature, now.get(feature), state.day)] : []),
      ...(part.includes(feature) ? [partStep(feature, now.get(feature), state.day)] : []),
    ]),
    keep: Object.fromEntries(all.filter(({ isThere }) => !isThere).map(({ table, step }) => [table, step])),
    had: all.filter(({ isThere }) => isThere).map(({ table }) => table),
    wanted: all.map(({ table }) => table),
  }
}

/** A table of a kept feature: left by an earlier run, or made by a step of this one. */
interface Place {
  readonly table: string
  readonly step: string
  readonly isThere: boolean
}

/** A kept feature, its tables, and under which names this run sees them. */
interface Placed {
  readonly feature: TagFeature
  readonly places: readonly Place[]
  readonly now: KeptFeature
}

function placesOf(feature: TagFeature, state: RunState): Placed {
  const { base, over } = keptFeature(feature, state)
  const place = (table: string, step: string): Place => ({ table, step, isThere: state.tables.has(table) })
  const of = place(base, `b_${feature.id}`)
  const beside = over && place(over, `o_${feature.id}`)
  const seenAs = ({ table, step, isThere }: Place) => (isThere ? table : step)
  if (!beside) return { feature, places: [of], now: { base: seenAs(of) } }
  return { feature, places: [of, beside], now: { base: seenAs(of), over: seenAs(beside) } }
}

/** Rows of all members as of the bases, anew those of members with changed rows, and whose then differ. */
function factSteps({ feature: { id, sources, sql }, places: [of, beside], now }: Placed): Step[] {
  const asOf = withSources(sources, sql, ({ dataset }) => (beside ? { of: `${tableOf(dataset)}_base` } : {}))
  const first = of?.isThere ? [] : [{ name: `b_${id}`, sql: asOf }]
  if (!now.over) return first
  const compare = { name: `x_${id}`, sql: differingSql(now.base, now.over) }
  if (beside?.isThere) return [...first, compare]
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

/** @param now where the rows of a kept feature are seen; others are made anew */
const wholeStep = (feature: TagFeature, now: KeptFeature | undefined, day: string): Step =>
  now ? { name: feature.id, sql: keptSql(now) } : derivedStep(feature, day)

const partStep = (feature: TagFeature, now: KeptFeature | undefined, day: string): Step => ({
  name: partName(feature.id),
  sql: now ? scopedSql(now) : withinScope(feature, onDay(feature.sql, day)),
})

/** A statement that sees of its sources and features the members in scope. */
export const withinScope = (made: Pick<TagFeature, 'sources' | 'features'>, statement: string): string =>
  within(
    [
      ...made.sources.map((source) => seen(source, { only: SCOPE })),
      ...made.features.map((id): [string, string] => [id, `select * from main.${partName(id)}`]),
    ],
    statement,
  )

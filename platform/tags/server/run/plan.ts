import { createHash } from 'node:crypto'
import type { Snapshot, Step } from '#platform/analytics'
import type { RulePack } from '#platform/rules'
import type { TagFeature, TagSubject } from '../../declaration.ts'
import type { InForce } from '../book.ts'
import { editionSql, onDay, ruleTable, seen, tableOf, within } from './sql.ts'

export interface RunState {
  readonly run: number
  readonly day: string
  readonly subject: TagSubject
  readonly tags: readonly InForce[]
  /** Numbers of the tags that are computed now; the others keep their values. */
  readonly due: ReadonlySet<number>
  readonly features: readonly TagFeature[]
  readonly snapshots: ReadonlyMap<string, Snapshot>
  readonly editions: ReadonlyMap<string, RulePack>
  /** Tables that there are. */
  readonly tables: ReadonlySet<string>
  /** Values that the last run kept; absent when there was none or they are lost. */
  readonly last: string | undefined
  /** Nothing of this subject is known yet. */
  readonly isFirst: boolean
}

export interface Plan {
  readonly steps: readonly Step[]
  readonly tables: readonly string[]
  readonly keep: Readonly<Record<string, string>>
}

/** Table of the values of a run. */
export const valuesTable = (subject: string, run: number): string => `tags_c_${tableOf(subject)}_${run}`
const VALUES = /^tags_c_(.+)_\d+$/
export const isValuesOf = (subject: string, table: string): boolean => VALUES.exec(table)?.[1] === tableOf(subject)

/**
 * Table that keeps a feature. Its name tells of which statement and which bases: while they are the same, only members
 * with rows that differ from the bases are computed again, whatever became of the run that made it.
 */
export function featureTable(
  feature: TagFeature,
  { snapshots, editions }: Pick<RunState, 'snapshots' | 'editions'>,
): string {
  const bases = feature.sources.map(({ dataset }) => snapshots.get(dataset)?.base)
  const numbers = feature.rules.map((rule) => editions.get(rule)?.id)
  const mark = createHash('sm3')
    .update(JSON.stringify([feature, bases, numbers]))
    .digest('hex')
    .slice(0, 12)
  return `${featurePrefix(feature)}${mark}`
}
export const featurePrefix = (feature: TagFeature): string => `tags_f_${feature.id}_`

/** Every statement of a run: features, thresholds, tags, and what differs from the run before. */
export function planRun(state: RunState): Plan {
  const { subject, tags, features, editions, last, due } = state
  const keep = Object.fromEntries(
    features.filter(isKept).map((feature) => [featureTable(feature, state), `f_${feature.id}`]),
  )
  const had = Object.keys(keep).filter((table) => state.tables.has(table))
  const models = tags.filter(({ number, score }) => score !== undefined && due.has(number))
  return {
    tables: [...[...state.snapshots.values()].map(({ table }) => table), ...had, ...(last ? [last] : [])],
    keep: { ...keep, [valuesTable(subject.id, state.run)]: 'carried' },
    steps: [
      { name: 'member', sql: `select _id as member, ${subject.key} as key from ${tableOf(subject.dataset)}` },
      ...[...editions].map(([rule, pack]) => ({ name: ruleTable(rule), sql: editionSql(pack) })),
      ...features.flatMap((feature) =>
        isKept(feature) ? featureSteps(feature, state) : [derivedStep(feature, state.day)],
      ),
      ...tags.map((tag) => tagStep(tag, state)),
      { name: 'carried', sql: carriedSql(tags) },
      { name: 'counts', sql: 'select tag, count(*) as carriers from carried group by tag' },
      ...models.map((tag) => scoreStep(tag, state)),
      { name: 'spread', sql: spreadSql(models) },
      { name: 'fresh', sql: freshSql(state) },
    ],
  }
}

/** What is made of facts alone is kept from run to run. */
export const isKept = ({ features }: TagFeature): boolean => features.length === 0

export const derivedStep = ({ id, sources, sql }: TagFeature, day: string): Step => ({
  name: id,
  sql: within(
    sources.map((source) => seen(source)),
    onDay(sql, day),
  ),
})

/** Facts of all members, or of those with changed rows beside what was kept of the others. */
function featureSteps(feature: TagFeature, state: RunState): Step[] {
  const { id, sources } = feature
  const step = `f_${id}`
  const table = featureTable(feature, state)
  const whole = within(
    sources.map((source) => seen(source)),
    feature.sql,
  )
  const named = { name: id, sql: `select * exclude (_touched) from ${step}` }
  if (!state.tables.has(table) || sources.some(({ by }) => by === undefined))
    return [{ name: step, sql: `select *, false as _touched from (${whole})` }, named]
  const keys = sources.map(({ dataset, by }) => `select ${by} as key from ${tableOf(dataset)}_changed`)
  const touched = `select key from changed_${id}`
  const part = within(
    sources.map((source) => seen(source, touched)),
    feature.sql,
  )
  return [
    {
      name: `changed_${id}`,
      sql: `select distinct key from (${keys.join(' union all ')} union all select key from ${table} where _touched) where key is not null`,
    },
    {
      name: step,
      sql: `select * from ${table} where key not in (${touched}) union all by name select *, true as _touched from (${part})`,
    },
    named,
  ]
}

/**
 * Members that carry a tag. Without a `since` (of models, and where facts tell none) it holds since the run that found it.
 */
function tagStep(tag: InForce, { day, last, due }: RunState): Step {
  const before = last
    ? `select m.key, c.value, c.since from ${last} c join member m on m.member = c.member where c.tag = ${tag.number}`
    : `select null::varchar as key, '' as value, null::date as since where false`
  const step = `t_${tag.number}`
  if (!due.has(tag.number)) return { name: step, sql: before }
  const logic = within(
    tag.sources.map((source) => seen(source)),
    onDay(tag.logic, day),
  )
  const carriers = `select key, coalesce(cast(value as varchar), '') as value, cast(since as date) as since
    from (\n${logic}\n) where key is not null`
  const isUndated = tag.kind === 'model' || !tag.declared
  const sql = isUndated
    ? `select t.key, t.value, coalesce(t.since, b.since, date '${day}') as since from (${carriers}) t left join (${before}) b on b.key = t.key`
    : `select * from (${carriers}) where since is not null`
  return { name: step, sql, otherwise: before }
}

/** Every value with the number of its member; keys that no member has fall out, of two values of one the larger holds. */
function carriedSql(tags: readonly InForce[]): string {
  const all = tags.map(({ number }) => `select ${number} as tag, key, value, since from t_${number}`)
  return `select v.tag::integer as tag, m.member, max(v.value) as value, min(v.since) as since
    from (${all.join(' union all ')}) v join member m on m.key = v.key group by v.tag, m.member`
}

function scoreStep(tag: InForce, { day }: RunState): Step {
  const score = within(
    tag.sources.map((source) => seen(source)),
    onDay(tag.score ?? '', day),
  )
  const bin = 'least(9, greatest(0, floor(score * 10)))::integer'
  return {
    name: `s_${tag.number}`,
    sql: `select ${tag.number} as tag, ${bin} as bin, count(*) as members from (\n${score}\n) group by all`,
    otherwise: 'select 0 as tag, 0 as bin, 0 as members where false',
  }
}

const spreadSql = (models: readonly InForce[]): string =>
  models.length === 0
    ? 'select 0 as tag, 0 as bin, 0 as members where false'
    : models.map(({ number }) => `select * from s_${number}`).join(' union all ')

/** What is new (`+`) and what no longer holds (`-`); of a first run all values with its number. */
function freshSql({ last, isFirst, run }: RunState): string {
  if (isFirst) return `select ${run} as run, tag, member, value, since from carried`
  if (!last) return `select '+' as sign, * from carried`
  const [gone, come] = [`${last} o anti join carried c`, `carried c anti join ${last} o`]
  return `select '-' as sign, o.* from ${gone} using (tag, member, value, since)
    union all select '+' as sign, c.* from ${come} using (tag, member, value, since)`
}

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

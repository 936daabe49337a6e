import type { Snapshot, Step } from '#platform/analytics'
import type { RulePack } from '#platform/rules'
import type { TagFeature, TagSubject } from '../../declaration.ts'
import type { InForce } from '../book.ts'
import { featureTable, isKept, knownTable } from './inputs.ts'
import { editionSql, onDay, ruleTable, seen, tableOf, within } from './sql.ts'

export interface RunState {
  readonly run: number
  readonly day: string
  readonly subject: TagSubject
  readonly tags: readonly InForce[]
  /** Tags that are computed now; the others keep their values. */
  readonly computed: readonly InForce[]
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
  readonly text: string
}

/** Table of the values of a run. */
export const valuesTable = (subject: string, run: number): string => `tags_c_${tableOf(subject)}_${run}`
const VALUES = /^tags_c_(.+)_\d+$/
export const isValuesOf = (subject: string, table: string): boolean => VALUES.exec(table)?.[1] === tableOf(subject)

/** Every statement of a run: features, thresholds, tags, and what differs from the run before. */
export function planRun(state: RunState): Plan {
  const { subject, computed, features, editions, last } = state
  const kept = features.filter(isKept)
  const had = kept.flatMap((feature) => knownTable(feature, state) ?? [])
  const isNew = (feature: TagFeature) => !state.tables.has(featureTable(feature, state))
  const models = computed.filter(({ score }) => score !== undefined)
  return {
    tables: [...[...state.snapshots.values()].map(({ table }) => table), ...had, ...(last ? [last] : [])],
    keep: {
      ...Object.fromEntries(kept.filter(isNew).map((feature) => [featureTable(feature, state), `f_${feature.id}`])),
      [valuesTable(subject.id, state.run)]: 'carried',
    },
    steps: [
      { name: 'member', sql: `select _id as member, ${subject.key} as key from ${tableOf(subject.dataset)}` },
      ...[...editions].map(([rule, pack]) => ({ name: ruleTable(rule), sql: editionSql(pack) })),
      ...features.flatMap((feature) =>
        isKept(feature) ? featureSteps(feature, state) : [derivedStep(feature, state.day)],
      ),
      ...computed.map((tag) => tagStep(tag, state)),
      { name: 'now', sql: nowSql(computed) },
      { name: 'carried', sql: carriedSql(state) },
      { name: 'counts', sql: 'select tag, count(*) as carriers from carried group by tag' },
      ...models.map((tag) => scoreStep(tag, state)),
      { name: 'spread', sql: spreadSql(models) },
    ],
    text: differenceSql(state),
  }
}

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
  const known = knownTable(feature, state)
  if (known === featureTable(feature, state)) return [{ name: id, sql: `select * exclude (_touched) from ${known}` }]
  const whole = within(
    sources.map((source) => seen(source)),
    feature.sql,
  )
  const named = { name: id, sql: `select * exclude (_touched) from ${step}` }
  if (!known) return [{ name: step, sql: `select *, false as _touched from (${whole})` }, named]
  const keys = sources.map(({ dataset, by }) => `select ${by} as key from ${tableOf(dataset)}_changed`)
  const touched = `select key from changed_${id}`
  const part = within(
    sources.map((source) => seen(source, touched)),
    feature.sql,
  )
  return [
    {
      name: `changed_${id}`,
      sql: `select distinct key from (${keys.join(' union all ')} union all select key from ${known} where _touched) where key is not null`,
    },
    {
      name: step,
      sql: `select * from ${known} where key not in (${touched}) union all by name select *, true as _touched from (${part})`,
    },
    named,
  ]
}

/**
 * Members that carry a tag. Without a `since` (of models, and where facts tell none) it holds since the run that found it.
 */
function tagStep(tag: InForce, { day, last }: RunState): Step {
  const before = last
    ? `select m.key, c.value, c.since from ${last} c join member m on m.member = c.member where c.tag = ${tag.number}`
    : `select null::varchar as key, '' as value, null::date as since where false`
  const step = `t_${tag.number}`
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
function nowSql(computed: readonly InForce[]): string {
  const none = 'select 0 as tag, null::varchar as key, null::varchar as value, null::date as since where false'
  const all = computed.map(({ number }) => `select ${number} as tag, key, value, since from t_${number}`)
  return `select v.tag::integer as tag, m.member, max(v.value) as value, min(v.since) as since
    from (${[none, ...all].join(' union all ')}) v join member m on m.key = v.key group by v.tag, m.member`
}

/** Numbers of the tags that are not computed now, as SQL; no tag has the number -1. */
const othersOf = ({ tags, computed }: RunState): string =>
  [-1, ...tags.filter((tag) => !computed.includes(tag)).map(({ number }) => number)].join(', ')
const VALUE = 'tag, member, value, since'

/** With the values of the tags that are not computed now, of the members that there still are. */
function carriedSql(state: RunState): string {
  const { last } = state
  if (!last) return `select ${VALUE} from now`
  return `select ${VALUE} from now
    union all select ${VALUE} from ${last} semi join member using (member) where tag in (${othersOf(state)})`
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

/** What is new (`+`) and what no longer holds (`-`); of a first run all values with its number, as its indexes sort them. */
function differenceSql(state: RunState): string {
  const { last, isFirst, run } = state
  if (isFirst) return `select ${run} as run, ${VALUE} from carried order by tag, member`
  if (!last) return `select '+' as sign, ${VALUE} from carried`
  return `with differing as (
      select o.tag as old_tag, o.member as old_member, o.value as old_value, o.since as old_since, n.*
      from (select * from ${last} where tag not in (${othersOf(state)})) o
      full join now n on n.tag = o.tag and n.member = o.member
      where o.tag is null or n.tag is null or o.value <> n.value or o.since <> n.since)
    select '-' as sign, old_tag, old_member, old_value, old_since from differing where old_tag is not null
    union all select '+', ${VALUE} from differing where tag is not null
    union all select '-', ${VALUE} from ${last} anti join member using (member) where tag in (${othersOf(state)})`
}

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

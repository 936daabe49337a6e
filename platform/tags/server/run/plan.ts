import type { Step } from '#platform/analytics'
import type { TagFeature, TagSource } from '../../declaration.ts'
import type { InForce } from '../book.ts'
import { featuresOf } from '../features-of.ts'
import { planFeatures, withinScope } from './features.ts'
import type { Inputs } from './inputs.ts'
import { type KeptValues, overTable, touchedTable, valuesTable } from './kept.ts'
import { editionSql, isRead, onDay, ruleTable, tableOf, withSources } from './sql.ts'

export interface RunState extends Inputs {
  readonly run: number
  readonly tags: readonly InForce[]
  /** Tags that are computed now; the others keep their values. */
  readonly computed: readonly InForce[]
  /** Those among them that are computed for members with changed rows only. */
  readonly parts: ReadonlySet<InForce>
  /** Tables that there are. */
  readonly tables: ReadonlySet<string>
  /** Values that the last run left; absent when there was none or they are lost. */
  readonly last: KeptValues | undefined
  /** So much differs from the kept values that all are kept anew. */
  readonly isFull: boolean
  /** Nothing of this subject is known yet. */
  readonly isFirst: boolean
}

export interface Plan {
  readonly steps: readonly Step[]
  readonly tables: readonly string[]
  readonly keep: Readonly<Record<string, string>>
  readonly text: string
  /** Kept tables that the next run needs. */
  readonly wanted: readonly string[]
}

/** Every statement of a run: features, thresholds, tags, and what differs from the run before. */
export function planRun(state: RunState): Plan {
  const { subject, computed, parts, editions, last, run } = state
  const whole = computed.filter((tag) => !parts.has(tag))
  const models = whole.filter(({ score }) => score !== undefined)
  const features = planFeatures(state, featuresOf(state.features, whole), featuresOf(state.features, [...parts]))
  const over = last && !state.isFull ? overTable(last.base, run) : undefined
  const values: Record<string, string> = over
    ? { [over]: 'differs' }
    : { [valuesTable(subject, run)]: last ? 'carried' : 'now' }
  const touched = touchedTable(subject, run)
  return {
    tables: [...[...state.snapshots.values()].map(({ table }) => table), ...features.had, ...tablesOf(last)],
    // Of members that were touched first: whatever is kept after them is never newer than what is known of them.
    keep: { [touched]: 'touched', ...features.keep, ...values },
    wanted: [touched, ...features.wanted, ...Object.keys(values), ...(over && last ? [last.base] : [])],
    steps: [
      { name: 'member', sql: `select _id as member, ${subject.key} as key from ${tableOf(subject.dataset)}` },
      ...[...editions].map(([rule, pack]) => ({ name: ruleTable(rule), sql: editionSql(pack) })),
      ...features.facts,
      { name: 'touched', sql: touchedSql(state, features.compared) },
      ...(parts.size > 0 ? scopeSteps(state) : []),
      ...features.views,
      { name: 'old', sql: oldSql(state) },
      ...computed.map((tag) => tagStep(tag, state)),
      { name: 'now', sql: last ? nowSql(computed) : `${nowSql(computed)} ${IN_ORDER}` },
      ...(last ? [{ name: 'differing', sql: DIFFERING }] : []),
      ...(over ? [{ name: 'differs', sql: differsSql(state) }] : []),
      ...(last && !over ? [{ name: 'carried', sql: carriedSql(last) }] : []),
      { name: 'counts', sql: last ? MORE : 'select tag, count(*) as more from now group by tag' },
      ...models.map((tag) => scoreStep(tag, state)),
      { name: 'spread', sql: spreadSql(models) },
    ],
    text: textSql(state),
  }
}

const tablesOf = (last: KeptValues | undefined): string[] =>
  last ? [last.base, last.over, last.touched].filter((table) => table !== undefined) : []

/**
 * Members of whom something that tags see differs from what it was as of the bases, with their numbers if they have one:
 * rows of a feature, where that is known, or rows of a source.
 */
function touchedSql({ subject, features, tags, snapshots }: RunState, compared: ReadonlySet<TagFeature>): string {
  const sources: readonly TagSource[] = [
    { dataset: subject.dataset, columns: [], by: subject.key },
    ...tags.flatMap(({ sources, logic }) => sources.filter(({ dataset }) => isRead(dataset, logic))),
    ...features.filter((feature) => !compared.has(feature)).flatMap((feature) => feature.sources),
  ]
  const keys = new Set([
    ...[...compared].map(({ id }) => `select key from x_${id}`),
    ...sources.flatMap(({ dataset, by }) =>
      by && snapshots.has(dataset) ? [`select ${by} as key from ${tableOf(dataset)}_changed`] : [],
    ),
  ])
  return `select t.key, m.member from (select distinct key from (${[...keys].join(' union all ')})) t
    left join member m on m.key = t.key where t.key is not null`
}

/** Of whom tags may differ from the last run's: who was touched then, or is now; and the numbers they had and have. */
function scopeSteps({ subject, last }: RunState): Step[] {
  const before = (column: string) => (last?.touched ? `union select ${column} from ${last.touched}` : '')
  return [
    { name: 'scope', sql: `select key from touched ${before('key')}` },
    {
      name: 'numbers',
      sql: `select m.member from member m semi join scope using (key)
        union select _id from ${tableOf(subject.dataset)}_changed ${before('member')}`,
    },
  ]
}

const VALUE = 'tag, member, value, since'
/** All values lie by tag: of those that nobody asks for nothing is read, and indexes are made of sorted rows. */
const IN_ORDER = 'order by 1, 2'
const NO_VALUES = `select 0 as tag, 0::bigint as member, '' as value, null::date as since where false`

/** Every value that the last run left. */
const lastSql = ({ base, over }: KeptValues): string =>
  over
    ? `select ${VALUE} from ${base} anti join ${over} using (tag, member)
      union all select ${VALUE} from ${over} where value is not null`
    : `select ${VALUE} from ${base}`

/** Values of before that may differ now: of tags computed as a whole all, of others those of members in scope or gone. */
function oldSql({ tags, computed, parts, last }: RunState): string {
  if (!last) return NO_VALUES
  const numbers = (of: readonly InForce[]) => [-1, ...of.map(({ number }) => number)].join(', ')
  const others = numbers(tags.filter((tag) => parts.has(tag) || !computed.includes(tag)))
  const all = lastSql(last)
  const whole = `select l.* from (${all}) l where l.tag not in (${others})`
  const gone = `select l.* from (${all}) l anti join member using (member) where l.tag in (${others})`
  if (parts.size === 0) return `${whole} union all ${gone}`
  return `${whole} union all
    select l.* from (${all}) l semi join numbers using (member) left join member m on m.member = l.member
    where l.tag in (${others}) and (m.member is null or l.tag in (${numbers([...parts])}))`
}

/**
 * Members that carry a tag. Without a `since` (of models, and where facts tell none) it holds since the run that found it.
 */
function tagStep(tag: InForce, { day, parts }: RunState): Step {
  const before = `select m.key, o.value, o.since from old o join member m on m.member = o.member where o.tag = ${tag.number}`
  const logic = onDay(tag.logic, day)
  const seenBy = parts.has(tag) ? withinScope(tag, logic) : withSources(tag.sources, logic)
  const carriers = `select key, coalesce(cast(value as varchar), '') as value, cast(since as date) as since
    from (\n${seenBy}\n) where key is not null`
  const isUndated = tag.kind === 'model' || !tag.declared
  const sql = isUndated
    ? `select t.key, t.value, coalesce(t.since, b.since, date '${day}') as since from (${carriers}) t left join (${before}) b on b.key = t.key`
    : `select * from (${carriers}) where since is not null`
  return { name: `t_${tag.number}`, sql, otherwise: before }
}

/** Every value with the number of its member; keys that no member has fall out, of two values of one the larger holds. */
function nowSql(computed: readonly InForce[]): string {
  const none = 'select 0 as tag, null::varchar as key, null::varchar as value, null::date as since where false'
  const all = computed.map(({ number }) => `select ${number} as tag, key, value, since from t_${number}`)
  return `select v.tag::integer as tag, m.member, max(v.value) as value, min(v.since) as since
    from (${[none, ...all].join(' union all ')}) v join member m on m.key = v.key group by v.tag, m.member`
}

/** What was before (`old_…`) beside what is now, where they are not the same. */
const DIFFERING = `select o.tag as old_tag, o.member as old_member, o.value as old_value, o.since as old_since, n.*
  from old o full join now n on n.tag = o.tag and n.member = o.member
  where o.tag is null or n.tag is null or o.value <> n.value or o.since <> n.since`

/** All that differs from the kept values; without a value it is carried no more. */
function differsSql({ last }: RunState): string {
  const fresh = `select coalesce(tag, old_tag) as tag, coalesce(member, old_member) as member, value, since from differing`
  return last?.over
    ? `${fresh} union all select ${VALUE} from ${last.over} anti join (${fresh}) using (tag, member)`
    : fresh
}

const carriedSql = (last: KeptValues): string =>
  `select ${VALUE} from (${lastSql(last)}) anti join old using (tag, member) union all select ${VALUE} from now ${IN_ORDER}`

/** By how many each tag has more carriers than before. */
const MORE = `select coalesce(tag, old_tag) as tag, count(tag) - count(old_tag) as more from differing group by 1`

function scoreStep(tag: InForce, { day }: RunState): Step {
  const score = withSources(tag.sources, onDay(tag.score ?? '', day))
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

/** What differs, by member, as people look at it: now and before. Of a first run all values with its number. */
function textSql({ last, isFirst, run }: RunState): string {
  if (isFirst) return `select ${run} as run, ${VALUE} from now`
  if (!last) return `select ${VALUE} from now`
  return `select coalesce(tag, old_tag), coalesce(member, old_member), value, since, old_value, old_since
    from differing order by 2, 1`
}

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

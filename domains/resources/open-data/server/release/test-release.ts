import { sql } from 'kysely'
import { rules } from '#platform/rules'
import type { App, Db } from '#runtime'
import { type Meta, quasiOf } from '../../declarations/meta.ts'
import type { DisclosureFacts, DisclosureVerdict } from '../../rules/disclosure.ts'
import type { TestResult } from '../store.ts'
import { combined } from './values.ts'

interface Tested {
  readonly entry: string
  /** Dataset of the registry that the rows come from. */
  readonly source: string
  readonly number: number
  readonly meta: Meta
  readonly rows: number
}

const ofVersion = (entry: string, number: number) => sql`entry = ${entry} and version = ${number}`

/** Asks of the rows as they would go out: who could be found in them? The rule pack judges. */
export async function testRelease(app: App, tested: Tested): Promise<TestResult> {
  const { meta, rows } = tested
  const quasi = meta.persons ? quasiOf(meta) : []
  const isAsked = quasi.length > 0 && rows > 0
  const groups = isAsked ? await groupsOf(app.db, tested, quasi) : NO_GROUPS
  const limit = await limitOf(app, meta)
  const linked = isAsked ? await linkedWith(app.db, tested, quasi, limit) : []
  const share = (count: number) => (rows === 0 ? 0 : Math.round((count / rows) * 1e6) / 1e4)
  const facts: DisclosureFacts = {
    access: meta.access,
    persons: meta.persons,
    quasi: quasi.length,
    rows,
    k: groups.smallest,
    l: groups.leastValues,
    smallCellRows: groups.belowLimit(limit),
    uniquePercent: share(groups.belowLimit(2)),
    linkedPercent: share(Math.max(0, ...linked.map((each) => each.rows))),
  }
  const { result, pack } = app.use(rules).evaluate('open-data.disclosure', facts, { at: app.now() })
  const verdict = result as DisclosureVerdict
  return { facts, passed: verdict.passed, failures: verdict.failures, pack, groups: groups.picture, linked }
}

/** The limit of the edition in force, to count rows below it. */
async function limitOf(app: App, { access }: Meta): Promise<number> {
  const at = app.now().toISOString().slice(0, 10)
  const rule = app
    .use(rules)
    .all()
    .find(({ id }) => id === 'open-data.disclosure')
  const pack = rule?.packs.findLast(({ validFrom, validTo }) => validFrom <= at && (validTo === null || at <= validTo))
  return (pack?.tables as Record<string, { k: number }> | undefined)?.[access]?.k ?? Number.MAX_SAFE_INTEGER
}

interface Groups {
  readonly smallest: number
  readonly leastValues: number | null
  readonly belowLimit: (size: number) => number
  readonly picture: TestResult['groups']
}

const NO_GROUPS: Groups = { smallest: 0, leastValues: null, belowLimit: () => 0, picture: [] }

/** Bars of the picture: least and greatest size of a group. */
const BARS = [
  ['1', 1, 1],
  ['2', 2, 2],
  ['3–4', 3, 4],
  ['5–9', 5, 9],
  ['10–49', 10, 49],
  ['50+', 50, Number.POSITIVE_INFINITY],
] as const

async function groupsOf(db: Db, { entry, number, meta }: Tested, quasi: readonly string[]): Promise<Groups> {
  const values = meta.sensitive.map((name) => sql`count(distinct data -> ${name}::text)`)
  const least = values.length > 0 ? sql`least(${sql.join(values)})` : sql`null::bigint`
  const { rows } = await sql<{ size: number; groups: number; least: number | null }>`
    select size::int as size, count(*)::int as groups, min(least)::int as least from (
      select count(*) as size, ${least} as least from open_data.row
      where ${ofVersion(entry, number)} group by ${combined(quasi)}) g
    group by size order by size`.execute(db)
  const leasts = rows.flatMap(({ least: each }) => (each === null ? [] : [each]))
  const count = (from: number, to: number) =>
    rows.reduce((sum, { size, groups }) => (size >= from && size <= to ? sum + size * groups : sum), 0)
  return {
    smallest: rows[0]?.size ?? 0,
    leastValues: leasts.length > 0 ? Math.min(...leasts) : null,
    belowLimit: (size) => count(1, size - 1),
    picture: BARS.map(([size, from, to]) => ({ size, rows: count(from, to) })),
  }
}

/** What else a reader can hold beside the release, and the fields by which he could put the two together. */
interface Beside {
  readonly entry: string
  readonly number: number
  readonly fields: readonly string[]
  /** Rows alike in these fields, fewer than this here and there, are taken for the same persons. */
  readonly below: number
}

/**
 * Rows that could be put together with rows that are out already. In another source's data: those that are alone with their
 * values here and there, by the quasi-identifiers of the same name; there they have a name. In data of the same source,
 * where every value is the same person's: those that fewer than k share here and there, by every field that both have,
 * also an exempt one, if each has something that the other lacks.
 */
async function linkedWith(db: Db, tested: Tested, quasi: readonly string[], k: number): Promise<TestResult['linked']> {
  const linked: TestResult['linked'][number][] = []
  for (const { entry, number, fields, below } of await besides(db, tested, quasi, k)) {
    const few = (of: string, version: number) => sql`
      select ${combined(fields)} as who, count(*) as rows from open_data.row
      where ${ofVersion(of, version)} group by 1 having count(*) < ${below}`
    const { rows } = await sql<{ count: number }>`
      select coalesce(sum(a.rows), 0)::int as count from (${few(tested.entry, tested.number)}) a
      join (${few(entry, number)}) b using (who)`.execute(db)
    linked.push({ entry, fields, rows: rows[0]?.count ?? 0 })
  }
  return linked
}

interface Out {
  readonly entry: string
  readonly number: number
  readonly fields: readonly string[]
  readonly where: Meta['where']
  readonly isOfSource: boolean
}

/**
 * What is in force elsewhere; of the same source also what may be soon (candidates that passed) and earlier versions with
 * other fields, whose files stay: the rows of the last of them are kept.
 */
async function besides(
  db: Db,
  { entry, number, source, meta }: Tested,
  quasi: readonly string[],
  k: number,
): Promise<readonly Beside[]> {
  const out = (isOfSource: boolean) => sql`
    select v.entry, v.number::int as number, v.meta -> 'where' as where, ${isOfSource}::boolean as "isOfSource",
      array(select c ->> 'name' from jsonb_array_elements(v.columns) c) as fields
    from open_data.entry e join open_data.version v on v.entry = e.id`
  const { rows } = await sql<Out>`
    ${out(false)} and v.number = e.version where e.state = 'published' and e.id <> ${entry} and e.source <> ${source}
    union all
    ${out(true)} where e.source = ${source} and (v.entry, v.number) <> (${entry}, ${number})
      and ((e.state = 'published' and v.state = 'published')
        or (e.id <> ${entry} and v.state = 'candidate' and (v.test ->> 'passed')::boolean))
      and exists (select from open_data.row r where r.entry = v.entry and r.version = v.number)
    order by entry, number`.execute(db)
  return rows
    .filter((other) => !other.isOfSource || (tellsMore(meta, other) && tellsMore(other, meta)))
    .map(({ isOfSource, fields, ...other }) => ({
      ...other,
      fields: (isOfSource ? meta.fields : quasi).filter((name) => fields.includes(name)),
      below: isOfSource ? k : 2,
    }))
    .filter(({ fields }) => fields.length > 0)
}

type Told = Pick<Out, 'fields' | 'where'>

/** Whether a row says something that the other's does not: a field, or a condition that it fulfils. */
const tellsMore = (one: Told, other: Told): boolean =>
  one.fields.some((name) => !other.fields.includes(name)) ||
  Object.entries(one.where).some(
    ([name, is]) => !other.fields.includes(name) && JSON.stringify(is) !== JSON.stringify(other.where[name]),
  )

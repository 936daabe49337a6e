import { sql } from 'kysely'
import { rules } from '#platform/rules'
import type { App, Db } from '#runtime'
import { type Meta, quasiOf } from '../../declarations/meta.ts'
import type { DisclosureFacts, DisclosureVerdict } from '../../rules/disclosure.ts'
import type { TestResult } from '../store.ts'

interface Tested {
  readonly entry: string
  readonly number: number
  readonly meta: Meta
  readonly rows: number
}

/** Values of some fields of a row as one text that tells them apart. */
const combined = (fields: readonly string[], from = 'r') =>
  sql`jsonb_build_array(${sql.join(fields.map((name) => sql`${sql.ref(`${from}.data`)} -> ${name}::text`))})`

const ofVersion = (entry: string, number: number, alias = 'r') =>
  sql`${sql.ref(`${alias}.entry`)} = ${entry} and ${sql.ref(`${alias}.version`)} = ${number}`

/** Asks of the rows as they would go out: who could be found in them? The rule pack judges. */
export async function testRelease(app: App, tested: Tested): Promise<TestResult> {
  const { meta, rows } = tested
  const quasi = meta.persons ? quasiOf(meta) : []
  const isAsked = quasi.length > 0 && rows > 0
  const groups = isAsked ? await groupsOf(app.db, tested, quasi) : NO_GROUPS
  const linked = isAsked ? await linkedWith(app.db, tested, quasi) : []
  const share = (count: number) => (rows === 0 ? 0 : Math.round((count / rows) * 1e6) / 1e4)
  const facts: DisclosureFacts = {
    access: meta.access,
    persons: meta.persons,
    quasi: quasi.length,
    rows,
    k: groups.smallest,
    l: groups.leastValues,
    smallCellRows: groups.belowLimit(await limitOf(app, meta)),
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
  const values = meta.sensitive.map((name) => sql`count(distinct r.data -> ${name}::text)`)
  const least = values.length > 0 ? sql`least(${sql.join(values)})` : sql`null::bigint`
  const { rows } = await sql<{ size: number; groups: number; least: number | null }>`
    select size::int as size, count(*)::int as groups, min(least)::int as least from (
      select count(*) as size, ${least} as least from open_data.row r
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

/** Rows that are alone with their values here and alone with them in another open dataset: there they have a name. */
async function linkedWith(db: Db, { entry, number }: Tested, quasi: readonly string[]): Promise<TestResult['linked']> {
  const { rows: others } = await sql<{ entry: string; number: number; fields: string[] }>`
    select e.id as entry, v.number::int as number,
      array(select c ->> 'name' from jsonb_array_elements(v.columns) c where c ->> 'name' = any(${[...quasi]})) as fields
    from open_data.entry e join open_data.version v on v.entry = e.id and v.number = e.version
    where e.state = 'published' and e.id <> ${entry}`.execute(db)
  const linked: TestResult['linked'][number][] = []
  for (const other of others.filter(({ fields }) => fields.length > 0)) {
    const alone = (of: string, version: number) => sql`
      select ${combined(other.fields)} as who from open_data.row r
      where ${ofVersion(of, version)} group by 1 having count(*) = 1`
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from (${alone(entry, number)}) a
      join (${alone(other.entry, other.number)}) b using (who)`.execute(db)
    linked.push({ entry: other.entry, fields: other.fields, rows: rows[0]?.count ?? 0 })
  }
  return linked
}

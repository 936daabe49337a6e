import { sql } from 'kysely'
import { type App, type Db, Forbidden, NotFound, type Scope, type Work, words } from '#runtime'
import { findDataset } from '../known-datasets.ts'
import { INTAKE } from '../quality/active-rules.ts'
import { reachNow } from '../quality/reach.ts'
import { countsOf, unitsWithin } from '../quality/views.ts'
import { type CollectionRow, collectionTables } from '../tables.ts'

type Correction = CollectionRow<'collection.correction'>

export interface CorrectionFilter {
  readonly state: 'open' | 'ended'
  readonly after?: string | undefined
  readonly limit: number
}

/** Matters of correction within reach, latest first. */
export async function listCorrections(app: App, work: Work, scope: Scope, { state, after, limit }: CorrectionFilter) {
  let query = collectionTables(work.tx)
    .selectFrom('collection.correction')
    .selectAll()
    .where('ended_at', state === 'open' ? 'is' : 'is not', null)
    .orderBy((order) => order.cast('loop', 'bigint'), 'desc')
    .limit(limit + 1)
  if (after) query = query.where((where) => where(where.cast('loop', 'bigint'), '<', Number(after)))
  if (scope.reach !== 'city') query = query.where('source', 'in', [...(await unitsWithin(app, work.tx, scope))])
  const found = await query.execute()
  const written = await writtenRules(work.tx, found)
  const shown = found.slice(0, limit)
  return {
    rows: shown.map((one) => viewOf(app, one, written)),
    next: found.length > limit ? (shown.at(-1)?.loop ?? null) : null,
  }
}

type WrittenRule = Pick<CollectionRow<'collection.rule'>, 'title' | 'check'>

/** The stewards' rules that some corrections are about. */
async function writtenRules(db: Db, rows: readonly Correction[]): Promise<ReadonlyMap<string, WrittenRule>> {
  const numbers = rows.map(({ rule }) => Number(rule)).filter((id) => Number.isSafeInteger(id))
  if (numbers.length === 0) return new Map()
  const found = await collectionTables(db)
    .selectFrom('collection.rule')
    .select(['id', 'title', 'check'])
    .where('id', 'in', numbers)
    .execute()
  return new Map(found.map(({ id, ...rule }) => [String(id), rule]))
}

function viewOf(app: App, one: Correction, written: ReadonlyMap<string, WrittenRule>) {
  const dataset = findDataset(app, one.dataset)
  const own = written.get(one.rule)
  const declared = [INTAKE, reachNow(app), ...(dataset?.quality ?? [])].find(({ id }) => id === one.rule)
  return {
    loop: one.loop,
    dataset: one.dataset,
    title: dataset?.title ?? words(one.dataset, one.dataset),
    rule: one.rule,
    counts: countsOf(one.rule, own?.check ?? null),
    fault:
      one.load === null
        ? (declared?.title ?? own?.title ?? words(one.rule, one.rule))
        : words(
            `入库时未通过检查的行（最近一次导入 ${one.load}）`,
            `Rows that imports refused (last import ${one.load})`,
          ),
    load: one.load,
    source: one.source,
    openedAt: one.opened_at,
    due: one.due,
    endedAt: one.ended_at,
    outcome: one.outcome,
    openedAgain: one.opened_again,
    firstBad: one.first_bad,
    lastBad: one.last_bad,
  }
}

/** One matter within reach. @throws NotFound */
export async function getCorrection(app: App, work: Work, scope: Scope, loop: string) {
  const one = await collectionTables(work.tx)
    .selectFrom('collection.correction')
    .selectAll()
    .where('loop', '=', loop)
    .executeTakeFirst()
  if (!one) throw new NotFound()
  if (scope.reach !== 'city' && !(await unitsWithin(app, work.tx, scope)).includes(one.source)) throw new NotFound()
  return viewOf(app, one, await writtenRules(work.tx, [one]))
}

/** Numbers of the rows that failed at the last check of a rule. */
export async function failedRows(work: Work, dataset: string, rule: string): Promise<readonly number[]> {
  const last = await collectionTables(work.tx)
    .selectFrom('collection.result')
    .select('sample')
    .where('dataset', '=', dataset)
    .where('rule', '=', rule)
    .orderBy('at', 'desc')
    .executeTakeFirst()
  return (last?.sample ?? []).map(Number)
}

/** How sources correct: the league, worst first. @throws Forbidden for who sees no other unit */
export async function leagueTable(work: Work, scope: Scope, from: string) {
  if (scope.reach !== 'city')
    throw new Forbidden('city-only', words('各单位排名只对全市权限开放', 'The league is for a right to the whole city'))
  const { rows } = await sql<{
    source: string
    opened: number
    closed: number
    waived: number
    open: number
    overdue: number
    in_time: number
    opened_again: number
    median_days: number | null
  }>`
    select source, count(*) filter (where outcome is distinct from 'lapsed')::int as opened,
      count(*) filter (where outcome = 'closed')::int as closed,
      count(*) filter (where outcome = 'waived')::int as waived,
      count(*) filter (where ended_at is null)::int as open,
      count(*) filter (where ended_at is null and due < ${work.at})::int as overdue,
      count(*) filter (where outcome = 'closed' and (due is null or ended_at <= due))::int as in_time,
      sum(opened_again)::int as opened_again,
      round((percentile_cont(0.5) within group (order by extract(epoch from ended_at - opened_at))
        filter (where outcome = 'closed') / 86400)::numeric, 1)::float8 as median_days
    from collection.correction where opened_at >= ${from}::date
    group by source order by overdue desc, open desc, opened desc`.execute(work.tx)
  return rows.map(({ in_time: inTime, opened_again: openedAgain, median_days: medianDays, ...rest }) => ({
    ...rest,
    inTime,
    openedAgain,
    medianDays,
  }))
}

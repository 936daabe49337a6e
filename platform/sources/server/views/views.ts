import { matchesGlob } from 'node:path'
import { type App, containing, type Db, NotFound } from '#runtime'
import type { FeedView, RunReport, SlotView, SourceTable, SourceView } from '../../contract.ts'
import { mainKind } from '../drift/find-drift.ts'
import { dueAt } from '../schedule/tick.ts'
import { behindSince, isFarBehind } from '../slots/lag.ts'
import {
  type FeedRow,
  type FoundTableRow,
  type RunRow,
  type SlotRow,
  type SourceRow,
  sourcesTables,
} from '../tables.ts'
import { lightOf, worst } from './lights.ts'

type Filter = { readonly source?: string | undefined; readonly dataset?: string | undefined }

/** Feeds with their last run. */
export async function feedViews(app: App, { source, dataset }: Filter = {}, db: Db = app.db): Promise<FeedView[]> {
  let query = sourcesTables(db).selectFrom('sources.feed').selectAll().orderBy('id')
  if (source) query = query.where('source', '=', source)
  if (dataset) query = query.where('dataset', '=', dataset)
  const feeds = await query.execute()
  const [last, slots] = await Promise.all([
    lastRuns(db, feeds),
    sourcesTables(db).selectFrom('sources.slot').selectAll().execute(),
  ])
  const slotsOf = Map.groupBy(slots, ({ feed }) => feed)
  return feeds.map((feed) => feedView(feed, last.get(feed.id), slotsOf.get(feed.id) ?? [], app.now()))
}

function feedView(feed: FeedRow, last: RunRow | undefined, slotRows: readonly SlotRow[], now: Date): FeedView {
  const { definition, is_on, last_good_at, baseline } = feed
  const slots = slotRows.map((slot) => slotView(slot, feed, now))
  return {
    ...definition,
    isOn: is_on,
    light: lightOf(feed, last?.state, slots, now),
    slots,
    lastGoodAt: last_good_at,
    dueAt: dueAt(feed),
    lastRun: last ? { id: last.id, state: last.state, problem: last.problem } : null,
    mapped: (baseline?.columns ?? []).map(({ name }) => ({ name, field: baseline?.fields[name] ?? null })),
  }
}

const slotView = (slot: SlotRow, feed: FeedRow, now: Date): SlotView => ({
  name: slot.name,
  lagBytes: slot.lag_bytes,
  behindSince: behindSince(feed, slot),
  lookedAt: slot.looked_at,
  isFarBehind: isFarBehind(slot, feed, now),
  problem: slot.problem,
})

async function lastRuns(db: Db, feeds: readonly FeedRow[]): Promise<ReadonlyMap<string, RunRow>> {
  if (feeds.length === 0) return new Map()
  const runs = await sourcesTables(db)
    .selectFrom('sources.run')
    .distinctOn('feed')
    .selectAll()
    .where(
      'feed',
      'in',
      feeds.map(({ id }) => id),
    )
    .where('replay_of', 'is', null)
    .orderBy('feed')
    .orderBy('id', 'desc')
    .execute()
  return new Map(runs.map((run) => [run.feed, run]))
}

export async function sourceViews(app: App, organisations?: readonly string[]): Promise<SourceView[]> {
  let query = sourcesTables(app.db).selectFrom('sources.source').selectAll().orderBy('id')
  if (organisations) query = query.where('organisation', 'in', [...organisations, ''])
  const [list, feeds] = await Promise.all([query.execute(), feedViews(app)])
  const bySource = Map.groupBy(feeds, ({ source }) => source)
  return list.map((source) => sourceView(source, bySource.get(source.id) ?? []))
}

export function sourceView(source: SourceRow, feeds: readonly FeedView[]): SourceView {
  const { id, title, organisation, connection, secret, is_on, problem, checked_at } = source
  const lights = feeds.map(({ light }) => light)
  return {
    id,
    title,
    organisation,
    connection,
    isOn: is_on,
    hasSecret: secret !== null,
    light: !is_on ? 'grey' : problem ? 'red' : worst(lights),
    feeds: feeds.length,
    problem,
    checkedAt: checked_at,
  }
}

/** See `Sources.tables`. Where a source cannot list its tables, what is collected stands for them. */
export async function tableViews(app: App, source?: string): Promise<SourceTable[]> {
  let query = sourcesTables(app.db).selectFrom('sources.found_table').selectAll().orderBy('source').orderBy('name')
  if (source) query = query.where('source', '=', source)
  const [found, feeds] = await Promise.all([query.execute(), rawFeeds(app.db, source)])
  const bySource = Map.groupBy(feeds, (feed) => feed.source)
  const listed = found.map((table) => foundView(table, bySource.get(table.source) ?? []))
  const named = new Set(listed.flatMap(({ feeds: ids }) => ids))
  return [...listed, ...feeds.filter(({ id }) => !named.has(id)).map(unlistedView)]
}

const PAGE = 100

/** Some of the tables of one source, by name; of one that lists none, what is collected. */
export async function tablePage(
  app: App,
  source: string,
  { q = '', after }: { readonly q?: string | undefined; readonly after?: string | undefined },
): Promise<{ readonly rows: readonly SourceTable[]; readonly next: string | null }> {
  const all = sourcesTables(app.db).selectFrom('sources.found_table').selectAll().where('source', '=', source)
  let query = all.orderBy('name').limit(PAGE + 1)
  if (q) query = query.where('name', 'ilike', containing(q))
  if (after) query = query.where('name', '>', after)
  const [found, any, feeds] = await Promise.all([query.execute(), all.limit(1).execute(), rawFeeds(app.db, source)])
  if (any.length === 0) return { rows: feeds.map(unlistedView), next: null }
  const rows = found.slice(0, PAGE).map((table) => foundView(table, feeds))
  return { rows, next: found.length > PAGE ? (rows.at(-1)?.name ?? null) : null }
}

function foundView(table: FoundTableRow, feeds: readonly FeedRow[]): SourceTable {
  const own = feeds.filter(({ definition: { from } }) => from === table.name || isLike(table.name, from))
  const [first] = own
  return {
    source: table.source,
    name: table.name,
    rows: table.rows ?? (first ? rowsOf(first) : null),
    columns: table.columns.length > 0 ? table.columns : first ? columnsOf(first) : [],
    seenAt: table.seen_at,
    goneAt: table.gone_at,
    feeds: own.map(({ id }) => id),
  }
}

/** Most feeds name one table; to match a pattern takes long where there are many tables and feeds. */
const isLike = (name: string, pattern: string): boolean => /[*?[{(]/.test(pattern) && matchesGlob(name, pattern)

const unlistedView = (feed: FeedRow): SourceTable => ({
  source: feed.source,
  name: feed.definition.from || feed.id,
  rows: rowsOf(feed),
  columns: columnsOf(feed),
  seenAt: feed.last_good_at ?? feed.at,
  goneAt: null,
  feeds: [feed.id],
})

const rawFeeds = (db: Db, source: string | undefined): Promise<FeedRow[]> => {
  const query = sourcesTables(db).selectFrom('sources.feed').selectAll().orderBy('id')
  return (source ? query.where('source', '=', source) : query).execute()
}

const rowsOf = ({ baseline }: FeedRow): number | null => baseline?.whole?.rows ?? null

const columnsOf = ({ baseline }: FeedRow): SourceTable['columns'] =>
  (baseline?.columns ?? []).map((column) => ({ name: column.name, type: mainKind(column), comment: null }))

/** What of its feed is told with a run. */
type FeedOf = Pick<FeedRow, 'dataset' | 'definition'>

export const runReport = (run: RunRow, { dataset, definition }: FeedOf): RunReport => ({
  id: run.id,
  feed: run.feed,
  feedTitle: definition.title,
  dataset,
  state: run.state,
  replayOf: run.replay_of,
  startedAt: run.started_at,
  endedAt: run.ended_at,
  rows: run.rows,
  bytes: run.bytes,
  problem: run.problem,
  remark: run.remark,
  drift: run.drift,
  reconciliation: run.reconciliation,
  by: run.by,
})

interface RunFilter extends Filter {
  readonly feed?: string | undefined
  readonly after?: number | undefined
  readonly limit?: number | undefined
  readonly organisations?: readonly string[] | undefined
}

const MOST_RUNS = 200

/** Runs, latest first. */
export async function runReports(db: Db, { feed, source, dataset, after, limit = 30, organisations }: RunFilter) {
  let query = sourcesTables(db)
    .selectFrom('sources.run')
    .innerJoin('sources.feed', 'sources.feed.id', 'sources.run.feed')
    .selectAll('sources.run')
    .select(['sources.feed.dataset', 'sources.feed.definition'])
    .orderBy('sources.run.id', 'desc')
    .limit(Math.min(limit, MOST_RUNS))
  if (feed) query = query.where('sources.run.feed', '=', feed)
  if (source) query = query.where('sources.feed.source', '=', source)
  if (dataset) query = query.where('sources.feed.dataset', '=', dataset)
  if (after) query = query.where('sources.run.id', '<', after)
  if (organisations)
    query = query
      .innerJoin('sources.source', 'sources.source.id', 'sources.feed.source')
      .where('sources.source.organisation', 'in', [...organisations, ''])
  return (await query.execute()).map((row) => runReport(row, row))
}

/** @throws NotFound */
export async function getReport(db: Db, id: number): Promise<RunReport> {
  const found = await sourcesTables(db)
    .selectFrom('sources.run')
    .innerJoin('sources.feed', 'sources.feed.id', 'sources.run.feed')
    .selectAll('sources.run')
    .select(['sources.feed.dataset', 'sources.feed.definition'])
    .where('sources.run.id', '=', id)
    .executeTakeFirst()
  if (!found) throw new NotFound()
  return runReport(found, found)
}

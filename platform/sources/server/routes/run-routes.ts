import { Type } from 'typebox'
import type { ColumnProfile, LoadProgress } from '#platform/registry'
import { NOTHING_PERSONAL, type Route, route, type Scope, type Work, words } from '#runtime'
import { mainKind } from '../drift/find-drift.ts'
import { usualOf } from '../drift/usual.ts'
import type { SourcesParts } from '../parts.ts'
import { mustReach, organisationsIn } from '../reach.ts'
import { decide } from '../runs/decide.ts'
import { replayRun } from '../runs/replay-run.ts'
import { contextOf, partsOf, type RunContext, waitingBatches } from '../runs/run-store.ts'
import { cancelRun, resumeRun } from '../runs/stop-run.ts'
import type { PartRow } from '../tables.ts'
import { runReport, runReports } from '../views/views.ts'
import { Done, FieldsByColumn, Run, RunParams } from './schemas.ts'

const Decision = Type.Object(
  { accepted: Type.Boolean(), note: Type.String({ maxLength: 500 }), columns: Type.Optional(FieldsByColumn) },
  { additionalProperties: false },
)

/** Runs: list, look, cancel, resume, replay, decide. */
export const runRoutes = (parts: SourcesParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/sources/runs',
    title: words('采集记录', 'Runs'),
    right: 'sources.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      feed: Type.Optional(Type.String({ maxLength: 120 })),
      source: Type.Optional(Type.String({ maxLength: 60 })),
      after: Type.Optional(Type.Integer()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    response: Type.Object({ rows: Type.Array(Type.Unknown()), next: Type.Union([Type.Integer(), Type.Null()]) }),
    example: { rows: [{ id: 7, feed: 'civil-affairs.marriage', state: 'done' }], next: null },
    handler: async ({ query, scope, work }) => {
      const { limit = 30 } = query
      const organisations = await organisationsIn(parts.app, scope)
      const rows = await runReports(work.tx, { ...query, limit: limit + 1, organisations })
      return { rows: rows.slice(0, limit), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/sources/runs/:run',
    title: words('一次采集', 'A run'),
    right: 'sources.read',
    audit: NOTHING_PERSONAL,
    params: RunParams,
    response: Type.Unknown(),
    example: { id: 7, feed: 'civil-affairs.marriage', state: 'halted', parts: [], waitingBatches: 0, columns: [] },
    handler: async ({ params, scope, work }) => {
      const context = await within(parts, work, scope, params.run)
      const { run, feed, source } = context
      const list = await partsOf(work.tx, run.id)
      const loads = await parts.desk.progressOf(list.flatMap(({ load }) => load ?? []))
      return {
        ...runReport(run, feed),
        source: { id: source.id, title: source.title, organisation: source.organisation },
        parts: list.map((part) => partView(part, loads)),
        waitingBatches: waitingBatches(list),
        columns: comparison(context, list),
      }
    },
  }),
  route({
    method: 'POST',
    path: '/api/sources/runs/:run/cancel',
    title: words('取消采集', 'Cancel a run'),
    right: 'sources.run',
    audit: 'sources.run.stopped',
    params: RunParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, scope, work }) => {
      await within(parts, work, scope, params.run)
      await cancelRun(parts, work, params.run)
      return { done: true }
    },
  }),
  route({
    method: 'POST',
    path: '/api/sources/runs/:run/resume',
    title: words('继续采集', 'Resume a run'),
    right: 'sources.run',
    audit: 'sources.run.stopped',
    params: RunParams,
    response: Done,
    example: { done: true },
    handler: async ({ params, scope, work }) => {
      await within(parts, work, scope, params.run)
      await resumeRun(parts, work, params.run)
      return { done: true }
    },
  }),
  route({
    method: 'POST',
    path: '/api/sources/runs/:run/replay',
    title: words('重放一次采集', 'Replay a run from the kept bytes'),
    right: 'sources.run',
    audit: 'sources.run.started',
    params: RunParams,
    response: Run,
    example: { run: 8 },
    handler: async ({ params, scope, work }) => {
      await within(parts, work, scope, params.run)
      return { run: await replayRun(work, params.run) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/sources/runs/:run/decision',
    title: words('处置来源变化', 'Decide on drift'),
    right: 'sources.run',
    audit: 'sources.run.decided',
    params: RunParams,
    body: Decision,
    response: Done,
    example: { done: true },
    handler: async ({ params, body, scope, work }) => {
      await within(parts, work, scope, params.run)
      await decide(work, params.run, body)
      return { done: true }
    },
  }),
]

/** @throws NotFound for one out of reach too */
async function within({ app }: SourcesParts, work: Work, scope: Scope, id: number): Promise<RunContext> {
  const context = await contextOf(work.tx, id)
  await mustReach(app, scope, context.source.organisation)
  return context
}

const partView = (
  { ordinal, kind, name, bytes, rows, file, load, problem, gone_at, from_run }: PartRow,
  loads: ReadonlyMap<number, LoadProgress>,
) => ({
  ordinal,
  kind,
  name,
  bytes,
  rows,
  file,
  problem,
  goneAt: gone_at,
  fromRun: from_run,
  load: load === null ? null : (loads.get(load) ?? null),
})

const brief = (column: ColumnProfile | undefined) =>
  column && {
    filled: column.filled,
    blank: column.blank,
    distinct: column.distinct,
    kind: mainKind(column),
    min: column.min,
    max: column.max,
    codes: column.codes,
  }

/** Each column as it was in the last accepted run and as it is in this one. */
function comparison({ feed, run }: RunContext, list: readonly PartRow[]) {
  const { whole, increment, recent } = feed.baseline ?? {}
  const usual = run.is_whole ? whole : (increment ?? recent)
  const before = new Map((usual?.columns ?? feed.baseline?.columns ?? []).map((column) => [column.name, column]))
  const now = new Map(usualOf(list).columns.map((column) => [column.name, column]))
  const [first] = list.filter(({ kind }) => kind === 'rows')
  const field = (name: string) => first?.columns?.[first.reading?.header.indexOf(name) ?? -1] ?? null
  return [...new Set([...now.keys(), ...before.keys()])].map((name) => ({
    name,
    field: field(name),
    fieldBefore: feed.baseline?.fields[name] ?? null,
    before: brief(before.get(name)) ?? null,
    now: brief(now.get(name)) ?? null,
  }))
}

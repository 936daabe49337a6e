import { sql } from 'kysely'
import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { type App, NOTHING_PERSONAL, NotFound, type Route, route, type Words, words } from '#runtime'
import type { Hooks } from './hooks.ts'
import { LEVELS } from './levels.ts'
import { membersOf } from './members.ts'
import { EXAMPLE_WARNING, StepShape, WarningShape, Words as WordsShape } from './schemas.ts'
import { toWarning, type WarningRow } from './warnings.ts'

const PAGE = 50
const read = { method: 'GET', right: 'indicators.read', audit: NOTHING_PERSONAL } as const

export const warningRoutes = (app: App, hooks: Hooks): Route[] => [
  route({
    ...read,
    path: '/api/warnings',
    title: words('预警', 'Warnings, newest first'),
    query: Type.Object({
      lasting: Type.Optional(Type.Boolean({ description: 'Only those that last, or only those that ended' })),
      level: Type.Optional(Type.Union(LEVELS.map((level) => Type.Literal(level)))),
      indicator: Type.Optional(Type.String()),
      member: Type.Optional(Type.String()),
      after: Type.Optional(Type.Integer()),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: PAGE })),
    }),
    response: Type.Object({ rows: Type.Array(WarningShape), next: Type.Union([Type.String(), Type.Null()]) }),
    example: { rows: [EXAMPLE_WARNING], next: null },
    handler: async ({ query }) => {
      const { lasting = null, level = null, indicator = null, member = null, after = null, limit = PAGE } = query
      const { rows } = await sql<WarningRow>`select * from indicators.warning
        where (${lasting}::boolean is null or (cleared_at is null) = ${lasting}::boolean)
          and (${level}::text is null or level = ${level}) and (${indicator}::text is null or indicator = ${indicator})
          and (${member}::text is null or member = ${member}) and (${after}::bigint is null or id < ${after}::bigint)
        order by id desc limit ${limit + 1}`.execute(app.db)
      const page = rows.slice(0, limit)
      const last = rows.length > limit ? page.at(-1) : undefined
      return { rows: await shown(app, hooks, page), next: last ? String(last.id) : null }
    },
  }),
  route({
    ...read,
    path: '/api/warnings/:id',
    title: words('一条预警的来龙去脉', 'A warning, its steps and the rule behind it'),
    params: Type.Object({ id: Type.Integer() }),
    response: Type.Object({
      warning: WarningShape,
      steps: Type.Array(StepShape),
      levels: Type.Array(
        Type.Object({
          level: Type.String(),
          threshold: Type.Number(),
          periods: Type.Integer(),
          source: Type.String(),
        }),
      ),
      unit: Type.String(),
      indicatorTitle: WordsShape,
    }),
    example: {
      warning: EXAMPLE_WARNING,
      steps: [
        {
          step: 'opened',
          level: 'yellow',
          period: '2026-03-01T16:00:00.000Z',
          at: '2026-03-02T16:30:00.000Z',
          evidence: EXAMPLE_WARNING.evidence,
        },
      ],
      levels: [{ level: 'yellow', threshold: 150, periods: 1, source: 'air.station-warning' }],
      unit: '1',
      indicatorTitle: { zh: '站点小时AQI', en: 'Hourly AQI of stations' },
    },
    handler: async ({ params }) => {
      const { rows } = await sql<WarningRow>`select * from indicators.warning where id = ${params.id}`.execute(app.db)
      const [row] = rows
      const [warning] = await shown(app, hooks, rows)
      if (!row || !warning) throw new NotFound()
      const steps = await sql<{ step: string; level: string; period: Date; at: Date; evidence: unknown }>`
        select step, level, period, at, evidence from indicators.warning_step where warning = ${row.id} order by id`.execute(
        app.db,
      )
      const rule = app.declared('warnings').find(({ entry }) => entry.id === row.rule)?.entry
      const indicator = app.declared('indicators').find(({ entry }) => entry.id === row.indicator)?.entry
      return {
        warning,
        steps: steps.rows.map((one) => ({ ...one, period: one.period.toISOString(), at: one.at.toISOString() })),
        levels: rule?.levels ?? [],
        unit: indicator?.unit ?? '1',
        indicatorTitle: indicator?.title ?? words(row.indicator, row.indicator),
      }
    },
  }),
]

async function shown(app: App, hooks: Hooks, rows: readonly WarningRow[]) {
  const names = new Map<string, ReadonlyMap<string, Words>>()
  for (const { entry } of app.declared('indicators'))
    if (rows.some(({ indicator }) => indicator === entry.id)) {
      const members = await membersOf(app, hooks, entry)
      names.set(entry.id, new Map(members.map(({ id, title }) => [id, title])))
    }
  const divisions = await app.use(identity).divisionNames(rows.map(({ member }) => member))
  const titles = new Map(app.declared('warnings').map(({ entry }) => [entry.id, entry.title]))
  return rows.map(toWarning).map((warning) => ({
    ...warning,
    title: titles.get(warning.rule) ?? words(warning.rule, warning.rule),
    memberTitle:
      names.get(warning.indicator)?.get(warning.member) ??
      divisions.get(warning.member) ??
      words(warning.member, warning.member),
    openedAt: warning.openedAt.toISOString(),
    clearedAt: warning.clearedAt?.toISOString() ?? null,
  }))
}

import { sql } from 'kysely'
import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, route, words } from '#runtime'
import { TextOrNull } from './shapes.ts'

interface Row {
  readonly id: string
  readonly station: string
  readonly name: string
  readonly division: string
  readonly pollutant: string
  readonly screen: string
  readonly starts_at: Date
  readonly ends_at: Date
  readonly hours: number
  readonly state: string
  readonly loop: string | null
  readonly evidence: unknown
}

const PAGE = 50

/** `GET /api/air/findings`: what the screens found within the reader's reach, the latest first. */
export const findingsRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/air/findings',
    title: words('监测数据异常筛查结果', 'Findings of the screens'),
    right: 'air.exceedance.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      state: Type.Optional(Type.Enum(['open', 'flagged', 'dismissed'])),
      screen: Type.Optional(Type.String()),
      station: Type.Optional(Type.String()),
      after: Type.Optional(Type.String()),
    }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          station: Type.String(),
          name: Type.String(),
          pollutant: Type.String(),
          screen: Type.String(),
          from: Type.String(),
          to: Type.String(),
          hours: Type.Integer(),
          state: Type.String(),
          loop: TextOrNull,
          evidence: Type.Unknown(),
        }),
      ),
      next: TextOrNull,
    }),
    example: {
      rows: [
        {
          id: '1656A:pm25:flat-line:2026-03-01T02',
          station: '1656A',
          name: '监测站',
          pollutant: 'pm25',
          screen: 'flat-line',
          from: '2026-03-01T02:00:00.000Z',
          to: '2026-03-01T06:00:00.000Z',
          hours: 5,
          state: 'open',
          loop: '12',
          evidence: { values: [35, 35, 35, 35, 35] },
        },
      ],
      next: null,
    },
    handler: async ({ query, scope }) => {
      const prefix = scope.reach === 'city' ? '' : scope.division
      const [afterTime, afterId] = query.after?.split('|') ?? []
      const { rows } = await sql<Row>`
        select f.id, f.station, s.name, f.division, f.pollutant, f.screen, f.starts_at, f.ends_at, f.hours::int as hours,
          f.state, f.loop, f.evidence
        from air.finding f join air.station s on s.code = f.station
        where starts_with(f.division, ${prefix}) and (${query.state ?? null}::text is null or f.state = ${query.state ?? null})
          and (${query.screen ?? null}::text is null or f.screen = ${query.screen ?? null})
          and (${query.station ?? null}::text is null or f.station = ${query.station ?? null})
          and (${afterTime ?? null}::timestamptz is null
            or (f.starts_at, f.id) < (${afterTime ?? null}::timestamptz, ${afterId ?? ''}))
        order by f.starts_at desc, f.id desc limit ${PAGE}`.execute(app.db)
      const last = rows.length === PAGE ? rows.at(-1) : undefined
      return {
        rows: rows.map(({ starts_at, ends_at, division: _, ...row }) => ({
          ...row,
          from: starts_at.toISOString(),
          to: ends_at.toISOString(),
        })),
        next: last ? `${last.starts_at.toISOString()}|${last.id}` : null,
      }
    },
  })

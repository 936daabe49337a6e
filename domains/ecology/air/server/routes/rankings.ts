import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { indicators } from '#platform/indicators'
import { type App, InvalidInput, NOTHING_PERSONAL, route, words } from '#runtime'
import { periodsIn } from '../compute-periods.ts'
import { findStations } from '../stations.ts'
import { Concentrations, NumberOrNull, Words } from './shapes.ts'

const DAY_MS = 86_400_000

/** `GET /api/air/rankings`: stations or counties by their composite index, the cleanest first. */
export const rankingsRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/air/rankings',
    title: words('空气质量排名', 'Ranking by air quality'),
    right: 'air.data.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      of: Type.Enum(['station', 'area']),
      /** `2026-11` or `2026`. */
      period: Type.String({ pattern: '^\\d{4}(-\\d{2})?$' }),
    }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          place: Type.Integer(),
          member: Type.String(),
          name: Words,
          index: NumberOrNull,
          /** Same period a year before; null where unknown. */
          before: NumberOrNull,
          days: Type.Integer(),
          values: Concentrations,
          parts: Type.Array(Type.Object({ pollutant: Type.String(), ratio: Type.Number() })),
          replay: Type.Boolean(),
        }),
      ),
    }),
    example: {
      rows: [
        {
          place: 1,
          member: '370902',
          name: { zh: '泰山区', en: 'Taishan District' },
          index: 4.31,
          before: null,
          days: 28,
          values: { pm25: 38 },
          parts: [{ pollutant: 'pm25', ratio: 1.09 }],
          replay: false,
        },
      ],
    },
    handler: async ({ query }) => {
      const unit = query.period.length === 4 ? 'year' : 'month'
      const start = new Date(`${unit === 'year' ? `${query.period}-01` : query.period}-01T00:00:00+08:00`)
      if (Number.isNaN(start.getTime()))
        throw new InvalidInput('period', words('没有这个月份', 'There is no such month'))
      const indicator = `air.${query.of === 'area' ? 'area-' : ''}composite.${unit}ly`
      const rows = await valuesOf(app, indicator, unit, start)
      const year = new Date(start)
      year.setUTCFullYear(year.getUTCFullYear() - 1)
      const before = new Map((await valuesOf(app, indicator, unit, year)).map(({ member, value }) => [member, value]))
      const names = await namesOf(
        app,
        query.of,
        rows.map(({ member }) => member),
      )
      const ordered = rows
        .filter(({ member }) => query.of === 'station' || member.length > 4)
        .toSorted((a, b) => (a.value ?? 99) - (b.value ?? 99))
      return {
        rows: ordered.map(({ member, value, basis }) => {
          const { days, values, parts, replay } = basis as {
            days: number
            values: Record<string, number | null>
            parts: { pollutant: string; ratio: number }[]
            replay?: boolean
          }
          const place =
            1 + ordered.filter((other) => other.value !== null && value !== null && other.value < value).length
          const name = names.get(member) ?? words(member, member)
          return {
            place,
            member,
            name,
            index: value,
            before: before.get(member) ?? null,
            days,
            values,
            parts,
            replay: replay === true,
          }
        }),
      }
    },
  })

async function valuesOf(app: App, indicator: string, unit: 'month' | 'year', start: Date) {
  const [period] = periodsIn(unit, start, new Date(start.getTime() + DAY_MS))
  if (!period) return []
  return app.use(indicators).values(indicator, { from: period.start, to: period.end })
}

async function namesOf(app: App, of: 'station' | 'area', members: readonly string[]) {
  if (of === 'area') return app.use(identity).divisionNames(members)
  const stations = await findStations(app.db, members)
  return new Map(stations.map(({ code, name }) => [code, words(name, `${name} (${code})`)]))
}

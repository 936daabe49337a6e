import { Type } from 'typebox'
import { type App, HOUR, InvalidInput, NOTHING_PERSONAL, route, words } from '#runtime'
import { editionsAt, indexEditions } from '../editions.ts'
import { hourlyIndex } from '../index/air-index.ts'
import { findPublished } from '../published.ts'
import { readHours } from '../read-hours.ts'
import { getStation } from '../stations.ts'
import { Concentrations, NumberOrNull, TextOrNull, Words } from './shapes.ts'

const Edition = Type.Object({
  pack: Type.String(),
  title: Words,
  document: Type.String(),
  inForce: Type.Boolean(),
  aqi: NumberOrNull,
  level: Type.Union([Words, Type.Null()]),
  primary: Type.Array(Type.String()),
  reason: Type.Union([Words, Type.Null()]),
  steps: Type.Array(
    Type.Object({ pollutant: Type.String(), value: NumberOrNull, iaqi: NumberOrNull, explanation: Words }),
  ),
})

/** `GET /api/air/stations/:code/explanation`: an hour's index step by step, under every edition. */
export const explanationRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/air/stations/:code/explanation',
    title: words('指数计算过程', 'How an index came about'),
    right: 'air.data.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ code: Type.String() }),
    query: Type.Object({ at: Type.String({ format: 'date-time' }) }),
    response: Type.Object({
      at: Type.String(),
      values: Concentrations,
      published: Type.Union([Type.Object({ aqi: NumberOrNull, level: TextOrNull, primary: TextOrNull }), Type.Null()]),
      editions: Type.Array(Edition),
    }),
    example: {
      at: '2018-02-19T22:00:00.000Z',
      values: { pm25: 70 },
      published: { aqi: 94, level: '良', primary: '细颗粒物(PM2.5)' },
      editions: [],
    },
    handler: async ({ params: { code }, query }) => {
      await getStation(app.db, code)
      const at = new Date(query.at)
      const read = await readHours(app, [code], at, new Date(at.getTime() + HOUR))
      const values = read.get(code)?.get(at.getTime())
      if (!values) throw new InvalidInput('no-hour', words('这个小时没有数据', 'Nothing is known of this hour'))
      const [published] = await findPublished(app.db, { station: code, at: new Date(at.getTime() + HOUR) })
      const inForce = editionsAt(app, at).index?.id
      return {
        at: at.toISOString(),
        values,
        published: published ? { aqi: published.aqi, level: published.level, primary: published.primary } : null,
        editions: indexEditions(app).map((pack) => {
          const { aqi, level, primary, reason, subIndices } = hourlyIndex(pack, values)
          return {
            pack: pack.id,
            title: pack.title,
            document: `${pack.source.document} ${pack.source.clause}`,
            inForce: pack.id === inForce,
            aqi,
            level: level?.title ?? null,
            primary,
            reason,
            steps: subIndices.map(({ pollutant, value, iaqi, explanation }) => ({
              pollutant,
              value,
              iaqi,
              explanation,
            })),
          }
        }),
      }
    },
  })

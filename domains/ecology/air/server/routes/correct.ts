import { Type } from 'typebox'
import { sensing } from '#platform/sensing'
import { type App, InvalidInput, route, words } from '#runtime'
import { POLLUTANT_FACTS } from '../../pollutants.ts'
import { POLLUTANTS, type Pollutant } from '../../rules/types.ts'
import { editionsAt } from '../editions.ts'
import { roundHalfEven } from '../index/decimal.ts'
import { getStation } from '../stations.ts'
import { NumberOrNull } from './shapes.ts'

/** `POST /api/air/corrections`: a person puts an hourly value right; the former stays, indices get a new vintage. */
export const correctRoute = (app: App) =>
  route({
    method: 'POST',
    path: '/api/air/corrections',
    title: words('更正监测值', 'Correct a measurement'),
    right: 'air.value.correct',
    audit: 'air.value.corrected',
    body: Type.Object(
      {
        station: Type.String(),
        pollutant: Type.Enum([...POLLUTANTS] as Pollutant[]),
        /** Start of the hour. */
        at: Type.String({ format: 'date-time' }),
        value: NumberOrNull,
        reason: Type.String({ minLength: 2, maxLength: 500 }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ revised: Type.Integer() }),
    example: { revised: 1 },
    handler: async ({ body, work }) => {
      const { code } = await getStation(app.db, body.station)
      const { range } = POLLUTANT_FACTS[body.pollutant]
      if (body.value !== null && (body.value < range.min || body.value > range.max))
        throw new InvalidInput('range', words('数值超出仪器量程', 'Outside what the instrument can measure'), [
          {
            path: '/value',
            message: words(`应在 ${range.min} 到 ${range.max} 之间`, `Must be ${range.min} to ${range.max}`),
          },
        ])
      const at = new Date(body.at)
      const decimals = editionsAt(app, at).index?.tables.decimals[body.pollutant] ?? 0
      const place = { device: code, channel: body.pollutant, at, flags: ['manual'] }
      await app.use(sensing).settle(work, 'air.hourly', 'valid', [{ ...place, value: body.value }])
      const published = body.value === null ? null : roundHalfEven(body.value, decimals)
      const { accepted, revised } = await app
        .use(sensing)
        .settle(work, 'air.hourly', 'published', [{ ...place, value: published }])
      work.audit({
        event: 'air.value.corrected',
        subject: { kind: 'air.station', id: code },
        details: { pollutant: body.pollutant, at: at.toISOString(), value: body.value, reason: body.reason },
      })
      return { revised: accepted + revised }
    },
  })

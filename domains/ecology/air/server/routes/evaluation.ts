import { Type } from 'typebox'
import { identity } from '#platform/identity'
import { type App, NOTHING_PERSONAL, route, words } from '#runtime'
import { POLLUTANTS } from '../../rules/types.ts'
import { AREA, daysKnown, membersOf, pollutantDays } from '../compute-periods.ts'
import { editionsAt } from '../editions.ts'
import { evaluateYear } from '../index/annual-evaluation.ts'
import { basisOf } from '../measured.ts'
import { NumberOrNull, Words } from './shapes.ts'

const BooleanOrNull = Type.Union([Type.Boolean(), Type.Null()])

/** `GET /api/air/evaluation`: the year of each area against the limits in force, item by item. */
export const evaluationRoute = (app: App) =>
  route({
    method: 'GET',
    path: '/api/air/evaluation',
    title: words('年度评价', 'Annual evaluation'),
    right: 'air.data.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({ year: Type.Integer({ minimum: 2013, maximum: 2100 }) }),
    response: Type.Object({
      packs: Type.Array(Type.String()),
      areas: Type.Array(
        Type.Object({
          division: Type.String(),
          name: Words,
          days: Type.Integer(),
          goodDays: Type.Integer(),
          replay: Type.Boolean(),
          compliant: BooleanOrNull,
          class: NumberOrNull,
          pollutants: Type.Array(
            Type.Object({
              pollutant: Type.String(),
              days: Type.Integer(),
              requiredDays: Type.Integer(),
              shortMonths: Type.Array(Type.Integer()),
              valid: Type.Boolean(),
              compliant: BooleanOrNull,
              class: NumberOrNull,
              items: Type.Array(
                Type.Object({
                  statistic: Type.String(),
                  percentile: NumberOrNull,
                  value: NumberOrNull,
                  limits: Type.Union([Type.Array(Type.Number()), Type.Null()]),
                  class: NumberOrNull,
                  exceedance: NumberOrNull,
                }),
              ),
            }),
          ),
        }),
      ),
    }),
    example: { packs: ['hj663-2013', 'gb3095-2026-transitional'], areas: [] },
    handler: async ({ query: { year } }) => {
      const [from, to] = [year, year + 1].map((each) => new Date(`${each}-01-01T00:00:00+08:00`)) as [Date, Date]
      const { annual, limits, index } = editionsAt(app, new Date(to.getTime() - 1))
      const members = await membersOf(app, AREA)
      const names = await app.use(identity).divisionNames(members)
      if (!annual || !limits || !index) return { packs: [], areas: [] }
      const areas = await Promise.all(
        members.map(async (division) => {
          const days = await daysKnown(app, AREA, division, from, to)
          const known = days.filter(({ value }) => value !== null)
          const result = evaluateYear(
            annual,
            limits,
            Object.fromEntries(POLLUTANTS.map((pollutant) => [pollutant, pollutantDays(days, pollutant)])),
          )
          return {
            division,
            name: names.get(division) ?? words(division, division),
            days: known.length,
            goodDays: known.filter(({ value }) => (value ?? 0) <= index.tables.exceedingAbove).length,
            replay: days.some((day) => basisOf(day).replay),
            compliant: result.compliant,
            class: result.class,
            pollutants: result.pollutants,
          }
        }),
      )
      return { packs: [annual.id, limits.id], areas }
    },
  })

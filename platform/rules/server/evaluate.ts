import { Type } from 'typebox'
import { type App, InvalidInput, NOTHING_PERSONAL, route, SIGNED_IN, words } from '#runtime'
import type { Under } from '../contract.ts'
import type { Rulebook } from './rulebook.ts'

const body = Type.Object(
  {
    at: Type.Optional(Type.String({ description: 'Instant or day; now if absent' })),
    pack: Type.Optional(Type.String({ description: 'A named edition instead of the one in force' })),
    locality: Type.Optional(Type.String({ pattern: '^\\d{2,12}$' })),
    facts: Type.Unknown(),
  },
  { additionalProperties: false },
)

/** `POST /api/rules/:id/evaluate`: result, explanation and the edition that made it; keeps nothing. */
export const evaluateRoute = (app: App, book: Rulebook) =>
  route({
    method: 'POST',
    path: '/api/rules/:id/evaluate',
    title: words('按规则计算', 'Evaluate a rule'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.String() }),
    body,
    response: Type.Object({
      rule: Type.String(),
      pack: Type.String(),
      result: Type.Unknown(),
      explanation: Type.Array(Type.Object({ zh: Type.String(), en: Type.String() })),
    }),
    example: {
      rule: 'air.index',
      pack: 'hj633-2026',
      result: { aqi: 100 },
      explanation: [words('取最大值', 'The greatest')],
    },
    handler: async ({ params, body: { at, pack, locality, facts } }) => {
      const under: Under = pack ? { pack } : { at: instant(at, app.now()), ...(locality ? { locality } : {}) }
      return book.evaluate(params.id, facts, under)
    },
  })

function instant(text: string | undefined, now: Date): Date {
  if (!text) return now
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T12:00:00+08:00` : text)
  if (Number.isNaN(at.getTime()))
    throw new InvalidInput('invalid-input', words('时间有误', 'The time is wrong'), [
      {
        path: '/at',
        message: words('应为日期或时间，如 2026-03-01', 'Must be a day or an instant such as 2026-03-01'),
      },
    ])
  return at
}

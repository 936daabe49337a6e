import { Type } from 'typebox'
import { Forbidden, InvalidInput, NOTHING_PERSONAL, type Route, route, SIGNED_IN, words } from '#runtime'
import type { Engine } from '../engine.ts'
import { open } from '../open.ts'
import { wordsSchema } from '../schemas.ts'

/** Opens a matter by hand, where its definition lets the caller. */
export const openRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops',
    title: words('发起事项', 'Open a matter'),
    right: SIGNED_IN,
    audit: 'loops.opened',
    body: Type.Object(
      {
        definition: Type.String({ maxLength: 100 }),
        data: Type.Record(Type.String(), Type.Unknown()),
        key: Type.Optional(Type.String({ minLength: 8, maxLength: 100 })),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Type.String(), place: Type.String(), revision: Type.Integer() }),
    example: { id: '1024', place: 'submitted', revision: 1 },
    handler: async ({ body, work, actor, request }) => {
      const definition = engine.definitions.get(body.definition)
      if (!definition.opens || !actor.rights.has(definition.opens.right))
        throw new Forbidden('not-by-hand', words('您不能发起此类事项', 'You cannot open matters of this kind'))
      const header = request.headers['idempotency-key']
      const key = body.key ?? (typeof header === 'string' ? header.slice(0, 100) : '')
      if (key.length < 8)
        throw new InvalidInput(
          'key-missing',
          words('缺少幂等键', 'An idempotency key of 8 characters or more is missing'),
        )
      const { id, place, revision } = await open(engine, work, {
        definition: definition.id,
        data: body.data,
        key: `${actor.id}:${key}`,
      })
      return { id, place, revision }
    },
  })

/** The kinds of matters, and which of them the caller may open by hand. */
export const definitionsRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/definitions',
    title: words('事项类型', 'Kinds of matters'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    response: Type.Array(
      Type.Object({
        id: Type.String(),
        version: Type.Integer(),
        title: wordsSchema,
        about: Type.Union([wordsSchema, Type.Null()]),
        /** JSON Schema of the data, if the caller may open one by hand. */
        opens: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()]),
      }),
    ),
    example: [
      {
        id: 'air.exceedance',
        version: 1,
        title: { zh: '空气超标处置', en: 'Air exceedance' },
        about: null,
        opens: null,
      },
    ],
    handler: async ({ actor }) =>
      engine.definitions.current().map((definition) => ({
        id: definition.id,
        version: definition.version,
        title: definition.title,
        about: definition.about ?? null,
        opens: definition.opens && actor.rights.has(definition.opens.right) ? definition.data : null,
      })),
  })

import { Type } from 'typebox'
import { InvalidInput, type Route, route, SIGNED_IN, words } from '#runtime'
import { act } from '../act.ts'
import type { Engine } from '../engine.ts'

/** Does an action with a matter; who may is asked by the engine. */
export const actRoute = (engine: Engine): Route =>
  route({
    method: 'POST',
    path: '/api/loops/:id/actions',
    title: words('办理事项', 'Do something with a matter'),
    right: SIGNED_IN,
    audit: 'loops.acted',
    params: Type.Object({ id: Type.String() }),
    body: Type.Object(
      {
        action: Type.String({ maxLength: 60 }),
        revision: Type.Integer({ minimum: 1 }),
        form: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        note: Type.Optional(Type.String({ maxLength: 4000 })),
        evidence: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 50 })),
        /** Idempotency key; may also come as the header `Idempotency-Key`. */
        key: Type.Optional(Type.String({ minLength: 8, maxLength: 100 })),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Type.String(), place: Type.String(), revision: Type.Integer(), ended: Type.Boolean() }),
    example: { id: '1024', place: 'handling', revision: 2, ended: false },
    handler: async ({ params, body, work, request }) => {
      const header = request.headers['idempotency-key']
      const key = body.key ?? (typeof header === 'string' ? header.slice(0, 100) : '')
      if (key.length < 8)
        throw new InvalidInput(
          'key-missing',
          words('缺少幂等键', 'An idempotency key of 8 characters or more is missing'),
          [{ path: '/key', message: words('必填', 'Required') }],
        )
      const { form, note, evidence, action, revision } = body
      const instance = await act(engine, work, {
        instance: params.id,
        action,
        revision,
        key,
        ...(form ? { form } : {}),
        ...(note ? { note } : {}),
        ...(evidence ? { evidence } : {}),
      })
      const { id, place, endedAt } = instance
      return { id, place, revision: instance.revision, ended: endedAt !== null }
    },
  })

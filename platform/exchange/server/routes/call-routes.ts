import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Where } from '#platform/registry'
import { OWN_RECORD, type Route, route, words } from '#runtime'
import type { Calls } from '../calls/calls.ts'
import { WhereSchema } from '../grants/application.ts'
import { ById, Receipted } from './schemas.ts'

const Names = Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 200 })
const After = Type.Optional(Type.Integer({ minimum: 0 }))
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 100 }))
const Measure = Type.Union([
  Type.Object({ of: Type.Literal('count') }, { additionalProperties: false }),
  Type.Object(
    { of: Type.Enum(['sum', 'average']), field: Type.String({ maxLength: 60 }) },
    { additionalProperties: false },
  ),
])
/** What one has to know of a row. */
export const MarkView = { code: Type.String(), title: Type.Object({ zh: Type.String(), en: Type.String() }) }
const RowsAnswer = Type.Object({
  rows: Type.Array(Type.Unknown()),
  /** What one has to know of a row; `at` is its place in `rows`. Absent when there is nothing. */
  marks: Type.Optional(Type.Array(Type.Object({ at: Type.Integer(), ...MarkView, since: Type.String() }))),
  next: Type.Union([Type.Integer(), Type.Null()]),
  ...Receipted,
})
const rowsExample = { rows: [{ name: '张*' }], next: null, receipt: '5f1c…-17', nonce: '…' }

/** Calls under a grant. The bytes of the answer are those of which the receipt holds the digest. */
export const callRoutes = (calls: Calls): Route[] => [
  route({
    method: 'GET',
    path: '/api/exchange/grants/:id/query',
    title: words('按授权查询（等值条件）', 'Query under a grant by equal values'),
    right: 'exchange.call',
    audit: OWN_RECORD,
    params: ById,
    query: Type.Object({
      /** `name~value`, one or more. */
      where: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 10 })),
      fields: Type.Optional(Names),
      after: After,
      limit: Limit,
    }),
    response: RowsAnswer,
    example: rowsExample,
    handler: async ({ params, query, actor, request, reply }) => {
      const { where = [], fields, ...page } = query
      const asked = {
        grant: params.id,
        way: 'query' as const,
        actor,
        where: equals(where),
        ...(fields ? { fields } : {}),
      }
      return sent(reply, await calls.query({ ...asked, request: requestOf(request) }, page))
    },
  }),
  route({
    method: 'POST',
    path: '/api/exchange/grants/:id/query',
    title: words('按授权查询', 'Query under a grant'),
    right: 'exchange.call',
    audit: OWN_RECORD,
    params: ById,
    body: Type.Object(
      { where: Type.Optional(WhereSchema), fields: Type.Optional(Names), after: After, limit: Limit },
      { additionalProperties: false },
    ),
    response: RowsAnswer,
    example: rowsExample,
    handler: async ({ params, body, actor, request, reply }) => {
      const { where, fields, ...page } = body
      const asked = { grant: params.id, way: 'query' as const, actor, ...(where ? { where } : {}) }
      const call = { ...asked, ...(fields ? { fields } : {}), request: requestOf(request) }
      return sent(reply, await calls.query(call, page))
    },
  }),
  route({
    method: 'POST',
    path: '/api/exchange/grants/:id/compare',
    title: words('按授权核验（只答是否）', 'Compare under a grant: yes, no or unknown'),
    right: 'exchange.call',
    audit: OWN_RECORD,
    params: ById,
    body: Type.Object(
      {
        /** Which record is meant, e.g. by its number. */
        where: WhereSchema,
        /** What should be true of it, e.g. the name. */
        match: WhereSchema,
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      answer: Type.Enum(['yes', 'no', 'unknown']),
      /** What one has to know of the record, such as that its subject objects to it. Absent when there is nothing. */
      marks: Type.Optional(Type.Array(Type.Object(MarkView))),
      ...Receipted,
    }),
    example: { answer: 'yes', receipt: '5f1c…-18', nonce: '…' },
    handler: async ({ params, body, actor, request, reply }) => {
      const asked = { grant: params.id, way: 'compare' as const, actor, request: requestOf(request) }
      return sent(reply, await calls.compare({ ...asked, ...body }))
    },
  }),
  route({
    method: 'POST',
    path: '/api/exchange/grants/:id/compute',
    title: words('按授权就地计算（只出汇总数）', 'Compute totals under a grant where the data lie'),
    right: 'exchange.call',
    audit: OWN_RECORD,
    params: ById,
    body: Type.Object(
      {
        where: Type.Optional(WhereSchema),
        /** Fields whose values make the groups; none for one group. */
        by: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { maxItems: 3, uniqueItems: true })),
        measures: Type.Array(Measure, { minItems: 1, maxItems: 10 }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      groups: Type.Array(
        Type.Object({
          by: Type.Record(Type.String(), Type.Unknown()),
          /** In the order of the measures, each a little off; null where one row would show through. */
          values: Type.Array(Type.Union([Type.Number(), Type.Null()])),
        }),
      ),
      ...Receipted,
    }),
    example: { groups: [{ by: { division: '370902' }, values: [5213] }], receipt: '5f1c…-19', nonce: '…' },
    handler: async ({ params, body, actor, request, reply }) => {
      const { where, by = [], measures } = body
      const asked = { grant: params.id, way: 'compute' as const, actor, request: requestOf(request) }
      return sent(reply, await calls.compute({ ...asked, ...(where ? { where } : {}) }, { by, measures }))
    },
  }),
]

/** Number that the consumer gives a call; the same one is answered once. */
export function requestOf({ headers }: FastifyRequest): string | undefined {
  const id = headers['x-request-id']
  return typeof id === 'string' && id !== '' ? id.slice(0, 100) : undefined
}

export const JSON_TYPE = 'application/json; charset=utf-8'

/** Sends the text as it is: made anew it might not be what was digested. */
export const sent = (reply: FastifyReply, text: string): FastifyReply => reply.type(JSON_TYPE).send(text)

function equals(texts: readonly string[]): Where {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', ...value] = text.split('~')
      return [name, { is: value.join('~') }]
    }),
  )
}

import { Type } from 'typebox'
import { NOTHING_PERSONAL, route, SIGNED_IN, tables, words } from '#runtime'
import type { Rulebook } from './rulebook.ts'
import type { RulesTables } from './tables.ts'

/** `GET /api/rules/:id`: a rule whole: schemas, editions with tables, vectors tried now, and drafts waiting for review. */
export const showRuleRoute = (book: Rulebook) =>
  route({
    method: 'GET',
    path: '/api/rules/:id',
    title: words('规则详情', 'A rule'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.String() }),
    response: Type.Object({
      id: Type.String(),
      title: Type.Unknown(),
      facts: Type.Unknown(),
      result: Type.Unknown(),
      names: Type.Unknown(),
      packs: Type.Array(Type.Unknown()),
      drafts: Type.Array(Type.Unknown()),
    }),
    example: {
      id: 'air.index',
      title: words('空气质量指数', 'Air quality index'),
      facts: {},
      result: {},
      names: {},
      packs: [],
      drafts: [],
    },
    handler: async ({ params, work }) => {
      const rule = book.get(params.id)
      const drafts = await tables<RulesTables>(work.tx)
        .selectFrom('rules.pack')
        .select(['id', 'content', 'author', 'drafted_at as draftedAt'])
        .where('rule', '=', rule.id)
        .where('published_at', 'is', null)
        .orderBy('drafted_at')
        .limit(100)
        .execute()
      const packs = rule.packs.map((pack) => ({
        ...pack,
        vectors: pack.vectors.map((vector) => ({ ...vector, ...book.tryVector(rule, pack, vector) })),
      }))
      const { id, title, facts, result, names = {} } = rule
      return { id, title, facts, result, names, packs, drafts }
    },
  })

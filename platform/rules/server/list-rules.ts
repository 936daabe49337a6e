import { Type } from 'typebox'
import { type App, localDateAt, NOTHING_PERSONAL, route, SIGNED_IN, words } from '#runtime'
import type { RulePack } from '../rule-pack.ts'
import type { Rulebook } from './rulebook.ts'

const packSummary = Type.Object({
  id: Type.String(),
  title: Type.Unknown(),
  document: Type.String(),
  validFrom: Type.String(),
  validTo: Type.Union([Type.String(), Type.Null()]),
  locality: Type.String(),
  verified: Type.Boolean(),
  inForce: Type.Boolean(),
})

/** `GET /api/rules`: every rule with its editions and which are in force today. */
export const listRulesRoute = (app: App, book: Rulebook) =>
  route({
    method: 'GET',
    path: '/api/rules',
    title: words('规则一览', 'List of rules'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    response: Type.Object({
      rules: Type.Array(Type.Object({ id: Type.String(), title: Type.Unknown(), packs: Type.Array(packSummary) })),
    }),
    example: { rules: [{ id: 'air.index', title: words('空气质量指数', 'Air quality index'), packs: [] }] },
    handler: async () => {
      const today = localDateAt(app.now())
      return {
        rules: book
          .all()
          .map(({ id, title, packs }) => ({ id, title, packs: packs.map((pack) => summary(pack, today)) })),
      }
    },
  })

const summary = (pack: RulePack, today: string) => ({
  id: pack.id,
  title: pack.title,
  document: pack.source.document,
  validFrom: pack.validFrom,
  validTo: pack.validTo,
  locality: pack.locality,
  verified: pack.notes.every((note) => note.verified),
  inForce: pack.validFrom <= today && today <= (pack.validTo ?? '9'),
})

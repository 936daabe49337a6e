import { Type } from 'typebox'
import { NotFound, type Route, route, SIGNED_IN, words } from '#runtime'
import type { Proofs } from './proofs.ts'
import { accountWithin } from './reach.ts'
import { ById, Done, Instant, KindView, MaybeInstant } from './schemas.ts'
import { from } from './tables.ts'

const OwnProof = Type.Object({ number: Type.String(), name: Type.String(), at: Instant })

/** The first four and the last two signs; enough for its owner to know it. */
const masked = (number: string): string => `${number.slice(0, 4)}${'*'.repeat(12)}${number.slice(-2)}`

/** A clerk at a counter proves of which person or firm an account is; whoever it is of sees that. */
export const proofRoutes = (proofs: Proofs): Route[] => [
  route({
    method: 'GET',
    path: '/api/identity/proofs/:account',
    title: words('查找要核验的账号', 'Find an account to prove, by what is typed to sign in'),
    right: 'identity.account.prove',
    audit: 'identity.account.read',
    params: Type.Object({ account: Type.String({ maxLength: 64 }) }),
    response: Type.Object({
      id: Type.String(),
      account: Type.String(),
      name: Type.String(),
      kind: KindView,
      provenAt: MaybeInstant,
    }),
    example: { id: 'demo.resident', account: 'resident', name: '田小雨', kind: 'resident', provenAt: null },
    handler: async ({ work, scope, params }) => {
      const found = await from(work.tx)
        .selectFrom('identity.account')
        .select('id')
        .where('account', '=', params.account.toLowerCase())
        .where('kind', 'in', ['resident', 'firm'])
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      if (!found) throw new NotFound('no-account', words('没有这个居民或企业账号', 'There is no such account'))
      const { id, account, name, kind } = await accountWithin(work, scope, found.id)
      const proof = await proofs.find(id, work.tx)
      return { id, account, name, kind, provenAt: proof?.at.toISOString() ?? null }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/identity/accounts/:id/proof',
    title: words('核验账号（查看身份证或营业执照后）', 'Prove an account, having seen the card or licence'),
    right: 'identity.account.prove',
    audit: 'identity.account.proven',
    params: ById,
    body: Type.Object(
      { number: Type.String({ maxLength: 18 }), name: Type.String({ minLength: 1, maxLength: 100 }) },
      { additionalProperties: false },
    ),
    response: Done,
    example: { id: 'demo.resident' },
    handler: async ({ work, scope, params, body }) => {
      const account = await accountWithin(work, scope, params.id)
      await proofs.prove(work, account, body)
      return { id: account.id }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/identity/accounts/:id/proof',
    title: words('撤销账号核验', 'Take back the proof of an account'),
    right: 'identity.account.prove',
    audit: 'identity.account.proof-withdrawn',
    params: ById,
    response: Done,
    example: { id: 'demo.resident' },
    handler: async ({ work, scope, params }) => {
      const { id } = await accountWithin(work, scope, params.id)
      if (!(await proofs.withdraw(work, id))) throw new NotFound()
      return { id }
    },
  }),
  route({
    method: 'GET',
    path: '/api/account/proof',
    title: words('我的账号核验情况', 'Of whom my account is proven to be'),
    right: SIGNED_IN,
    audit: 'identity.account.read',
    response: Type.Object({ proof: Type.Union([OwnProof, Type.Null()]) }),
    example: { proof: { number: '3709************12', name: '田小雨', at: '2026-03-01T01:00:00.000Z' } },
    handler: async ({ work, actor }) => {
      const found = await proofs.find(actor.id, work.tx)
      return { proof: found ? { number: masked(found.number), name: found.name, at: found.at.toISOString() } : null }
    },
  }),
]

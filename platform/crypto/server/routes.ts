import { sql } from 'kysely'
import { Type } from 'typebox'
import { NOTHING_PERSONAL, NotFound, PUBLIC, type Route, route, words } from '#runtime'
import type { KeyStore } from './key-store.ts'
import { publicKeyToPem } from './sm2-encoding.ts'

const WORDS = Type.Object({ zh: Type.String(), en: Type.String() })
const orNull = <T extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(type: T) =>
  Type.Union([type, Type.Null()])
const KEY = Type.Object({
  id: Type.Integer(),
  state: Type.String(),
  madeAt: Type.String(),
  promotedAt: orNull(Type.String()),
  retiredAt: orNull(Type.String()),
})
const ROTATION = Type.Object({
  step: Type.String(),
  resealed: Type.Integer(),
  remaining: orNull(Type.Integer()),
  startedAt: Type.String(),
  finishedAt: orNull(Type.String()),
})
const PURPOSE = Type.Object({
  id: Type.String(),
  title: WORDS,
  use: Type.String(),
  keys: Type.Array(KEY),
  rotation: Type.Union([ROTATION, Type.Null()]),
})

/** Keys for administrators, without their secrets; and the public key that third parties verify with. */
export function keyRoutes(store: KeyStore): Route[] {
  const purposeOf = (id: string) => {
    const purpose = store.purposes.get(id)
    if (!purpose) throw new NotFound()
    return purpose
  }
  return [
    route({
      method: 'GET',
      path: '/api/crypto/public-key',
      title: words('验证签名用的公钥（SM2，公开）', 'Public key to verify signatures with (SM2, for everybody)'),
      right: PUBLIC,
      audit: NOTHING_PERSONAL,
      query: Type.Object({
        purpose: Type.String({ default: 'audit.checkpoint', maxLength: 120 }),
        id: Type.Optional(Type.Integer({ minimum: 1 })),
      }),
      response: Type.String(),
      produces: 'application/x-pem-file',
      example: '-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n',
      handler: async ({ query }) => {
        if (purposeOf(query.purpose).use !== 'sign') throw new NotFound()
        return publicKeyToPem(store.signer(query.purpose, query.id).pair.publicKey)
      },
    }),
    route({
      method: 'GET',
      path: '/api/crypto/purposes',
      title: words('密钥', 'Keys'),
      right: 'crypto.key.manage',
      audit: NOTHING_PERSONAL,
      response: Type.Object({ rows: Type.Array(PURPOSE) }),
      example: {
        rows: [
          {
            id: 'audit.checkpoint',
            title: words('审计检查点签名', 'Signature of audit check points'),
            use: 'sign',
            keys: [
              {
                id: 81_920,
                state: 'current',
                madeAt: '2026-03-01T00:00:00.000Z',
                promotedAt: '2026-03-01T00:00:00.000Z',
                retiredAt: null,
              },
            ],
            rotation: null,
          },
        ],
      },
      handler: async ({ work }) => {
        const keys = await sql<{ purpose: string }>`select purpose, id, state, made_at as "madeAt",
          promoted_at as "promotedAt", retired_at as "retiredAt" from crypto.key order by made_at desc, id`.execute(
          work.tx,
        )
        const rotations = await sql<{
          purpose: string
        }>`select distinct on (purpose) purpose, step, resealed, remaining,
          started_at as "startedAt", finished_at as "finishedAt" from crypto.rotation
          order by purpose, id desc`.execute(work.tx)
        return {
          rows: [...store.purposes.values()].map(({ id, title, use }) => ({
            id,
            title,
            use,
            keys: keys.rows.filter(({ purpose }) => purpose === id),
            rotation: rotations.rows.find(({ purpose }) => purpose === id) ?? null,
          })),
        }
      },
    }),
    route({
      method: 'POST',
      path: '/api/crypto/purposes/:purpose/rotation',
      title: words('轮换密钥', 'Rotate keys'),
      right: 'crypto.key.manage',
      audit: 'crypto.rotation.started',
      params: Type.Object({ purpose: Type.String({ maxLength: 120 }) }),
      response: Type.Object({ id: Type.Integer() }),
      example: { id: 3 },
      handler: async ({ params, work }) => ({ id: await store.rotate(work, purposeOf(params.purpose).id) }),
    }),
  ]
}

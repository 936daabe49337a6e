import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { Forbidden, InvalidInput, NotFound, type Reach, type Route, route, type Work, words } from '#runtime'
import type { ActorCache } from './actor-cache.ts'
import { isWider } from './make-actor.ts'
import { page, pageOf, paging } from './paging.ts'
import { organisationWithin, pathWithin } from './reach.ts'
import { ById, Done, Instant, MaybeInstant, NameView, ReachView } from './schemas.ts'
import { hashOf, newSecret } from './secret-token.ts'
import { from } from './tables.ts'

/** A machine's secret is renewed at least once a year; this product's choice. */
const LONGEST_DAYS = 366

const Rights = Type.Record(Type.String(), ReachView)
const TokenView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  organisation: Type.String(),
  organisationName: NameView,
  createdBy: Type.String(),
  expiresAt: Instant,
  revokedAt: MaybeInstant,
  usedAt: MaybeInstant,
  rights: Rights,
})

/** Tokens of machines; never with more rights than their maker holds. */
export const tokenRoutes = (cache: ActorCache): Route[] => [
  route({
    method: 'GET',
    path: '/api/identity/tokens',
    title: words('接口令牌', 'API tokens'),
    right: 'identity.token.write',
    audit: 'identity.token.read',
    query: Type.Object(paging),
    response: pageOf(TokenView),
    example: { rows: [], next: null },
    handler: async ({ work, scope, query: { after = '', limit } }) => {
      const { rows } = await sql<{ id: string; expiresAt: Date; revokedAt: Date | null; usedAt: Date | null }>`
        select t.id, t.name, t.organisation, jsonb_build_object('zh', o.name_zh, 'en', o.name_en) as "organisationName",
          t.created_by as "createdBy", t.expires_at as "expiresAt", t.revoked_at as "revokedAt", t.used_at as "usedAt",
          coalesce((select jsonb_object_agg(right_id, reach) from identity.api_token_right where token = t.id), '{}') as rights
        from identity.api_token t join identity.organisation o on o.id = t.organisation
        where ${pathWithin(scope, 'o.path')} and t.id > ${after} order by t.id limit ${limit + 1}`.execute(work.tx)
      const shown = rows.map((row) => ({
        ...row,
        expiresAt: row.expiresAt.toISOString(),
        revokedAt: row.revokedAt?.toISOString() ?? null,
        usedAt: row.usedAt?.toISOString() ?? null,
      }))
      return page(shown, limit, ({ id }) => id)
    },
  }),
  route({
    method: 'POST',
    path: '/api/identity/tokens',
    title: words('签发接口令牌', 'Make an API token; it is shown once'),
    right: 'identity.token.write',
    audit: 'identity.token.created',
    body: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 100 }),
        organisation: Type.String(),
        rights: Rights,
        expiresAt: Instant,
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ id: Type.String(), token: Type.String() }),
    example: { id: '5b0cb6a4-0e7e-4f5c-9d0a-3a1f0e6f3f10', token: 'dz_…' },
    handler: async ({ work, scope, body: { name, organisation, rights, expiresAt } }) => {
      const place = await organisationWithin(work, scope, organisation)
      refuseMoreThanOwn(work, rights, place.path)
      const ends = new Date(expiresAt)
      checkEnd(ends, work.at)
      const id = randomUUID()
      const token = `dz_${newSecret()}`
      await from(work.tx)
        .insertInto('identity.api_token')
        .values({
          id,
          token_hash: hashOf(token),
          name,
          organisation,
          created_by: work.actor.id,
          created_at: work.at,
          expires_at: ends,
        })
        .execute()
      const given = Object.entries(rights).map(([right_id, reach]) => ({ token: id, right_id, reach }))
      if (given.length > 0) await from(work.tx).insertInto('identity.api_token_right').values(given).execute()
      const details = { organisation, rights, expiresAt }
      work.audit({ event: 'identity.token.created', subject: { kind: 'token', id }, details })
      return { id, token }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/identity/tokens/:id',
    title: words('吊销接口令牌', 'Revoke an API token'),
    right: 'identity.token.write',
    audit: 'identity.token.revoked',
    params: ById,
    response: Done,
    example: { id: '5b0cb6a4-0e7e-4f5c-9d0a-3a1f0e6f3f10' },
    handler: async ({ work, scope, params: { id } }) => {
      const row = await from(work.tx)
        .selectFrom('identity.api_token')
        .select(['organisation', 'revoked_at'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (!row || row.revoked_at) throw new NotFound()
      await organisationWithin(work, scope, row.organisation)
      await from(work.tx).updateTable('identity.api_token').set({ revoked_at: work.at }).where('id', '=', id).execute()
      work.audit({ event: 'identity.token.revoked', subject: { kind: 'token', id } })
      cache.changed(work, id)
      return { id }
    },
  }),
]

/** @throws Forbidden for a right that the maker lacks, holds with less reach, or for another place */
function refuseMoreThanOwn({ actor }: Work, rights: Readonly<Record<string, Reach>>, path: string): void {
  for (const [right, reach] of Object.entries(rights)) {
    const own = actor.rights.get(right)
    const isWithin = own && !isWider(reach, own.reach) && (own.reach === 'city' || path.startsWith(own.path))
    if (!isWithin)
      throw new Forbidden(
        'more-than-own',
        words(`您没有“${right}”的这一范围，不能授给令牌`, `You do not hold "${right}" that far, so the token cannot`),
      )
  }
}

function checkEnd(ends: Date, at: Date): void {
  const days = (ends.getTime() - at.getTime()) / 86_400_000
  if (days > 0 && days <= LONGEST_DAYS) return
  const message = words(`有效期应在 ${LONGEST_DAYS} 天以内`, `It must end within ${LONGEST_DAYS} days`)
  throw new InvalidInput('wrong-end', message, [{ path: '/expiresAt', message }])
}

import type { App } from '#runtime'
import type { Known } from './actor-cache.ts'
import { widest } from './make-actor.ts'
import { from } from './tables.ts'

const TOUCH_MS = 5 * 60_000

/** The machine behind a bearer token; undefined when it is unknown, revoked or past its day. */
export async function findToken(
  app: App,
  tokenHash: Buffer,
): Promise<(Omit<Known, 'freshUntil'> & { readonly until: number }) | undefined> {
  const at = app.now()
  const row = await from(app.db)
    .selectFrom('identity.api_token as t')
    .innerJoin('identity.organisation as o', 'o.id', 't.organisation')
    .select(['t.id', 't.name', 't.expires_at', 't.used_at', 'o.id as organisation', 'o.path', 'o.division'])
    .where('t.token_hash', '=', tokenHash)
    .where('t.revoked_at', 'is', null)
    .where('t.expires_at', '>', at)
    .executeTakeFirst()
  if (!row) return undefined
  const { id, name, organisation, path, division } = row
  const granted = await from(app.db)
    .selectFrom('identity.api_token_right')
    .select(['right_id', 'reach'])
    .where('token', '=', id)
    .execute()
  if (!row.used_at || at.getTime() - row.used_at.getTime() > TOUCH_MS)
    await from(app.db).updateTable('identity.api_token').set({ used_at: at }).where('id', '=', id).execute()
  const rights = widest(granted.map(({ right_id, reach }) => [right_id, { reach, organisation, path, division }]))
  return { actor: { kind: 'machine', id, name, organisation, rights }, until: row.expires_at.getTime() }
}

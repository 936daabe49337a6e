import type { App } from '#runtime'
import type { Known } from './actor-cache.ts'
import { makeActor } from './make-actor.ts'
import { viewOf } from './session-view.ts'
import { from } from './tables.ts'
import { usablePosts } from './usable-posts.ts'

/** A session ends after half a day without a call, and after a week at the latest; this product's choice. */
export const IDLE_MS = 12 * 3_600_000
export const LONGEST_MS = 7 * 24 * 3_600_000
const TOUCH_MS = 5 * 60_000

/** The living session of a cookie, with its actor; undefined when it ended, ran out, or the account is disabled. */
export async function findSession(
  app: App,
  tokenHash: Buffer,
): Promise<(Omit<Known, 'freshUntil'> & { readonly until: number }) | undefined> {
  const at = app.now()
  const row = await from(app.db)
    .selectFrom('identity.session as s')
    .innerJoin('identity.account as a', 'a.id', 's.account')
    .select(['s.id', 's.post', 's.created_at', 's.seen_at', 'a.must_change', 'a.totp_sealed'])
    .select(['a.id as account_id', 'a.account', 'a.name', 'a.kind'])
    .where('s.token_hash', '=', tokenHash)
    .where('s.ended_at', 'is', null)
    .where('a.disabled_at', 'is', null)
    .where((where) => (app.config.demo ? where.lit(true) : where('a.is_demo', '=', false)))
    .executeTakeFirst()
  if (!row) return undefined
  const latest = row.created_at.getTime() + LONGEST_MS
  const until = Math.min(row.seen_at.getTime() + IDLE_MS, latest)
  if (at.getTime() >= until) return undefined
  if (at.getTime() - row.seen_at.getTime() > TOUCH_MS) await touch(app, row.id, at)

  const posts = await usablePosts(app.db, row.account_id, at)
  const post = posts.find(({ id }) => id === row.post) ?? posts[0]
  const made = await makeActor(app.db, { id: row.account_id, name: row.name, kind: row.kind }, post)
  const actor = { ...made, session: row.id, ...(row.must_change ? { rights: new Map() } : {}) }
  const parts = {
    session: row.id,
    signInName: row.account,
    kind: row.kind,
    mustChange: row.must_change,
    hasTotp: row.totp_sealed !== null,
    expiresAt: new Date(latest),
  }
  const ends = posts.flatMap((usable) => (usable.until ? [usable.until.getTime()] : []))
  return { actor, view: viewOf(parts, actor, post, posts), until: Math.min(until, ...ends) }
}

const touch = (app: App, id: string, at: Date) =>
  from(app.db).updateTable('identity.session').set({ seen_at: at }).where('id', '=', id).execute()

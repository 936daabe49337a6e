import { sql } from 'kysely'
import { type App, system } from '#runtime'
import { from } from './tables.ts'

/** Brings the roles that modules declare into the table; those no longer declared are retired and grant nothing. */
export async function syncRoles(app: App): Promise<void> {
  const roles = app.declared('roles').map(({ entry }) => entry)
  await app.work(system('identity.roles'), async ({ tx, at }) => {
    await sql`select pg_advisory_xact_lock(hashtext('identity.roles'))`.execute(tx)
    const ids = roles.map(({ id }) => id)
    await sql`update identity.role set retired_at = ${at}
      where origin = 'declared' and retired_at is null and not id = any(${ids})`.execute(tx)
    if (roles.length === 0) return
    await from(tx)
      .insertInto('identity.role')
      .values(
        roles.map(({ id, title, everyone = [] }) => ({
          id,
          title_zh: title.zh,
          title_en: title.en,
          origin: 'declared' as const,
          kinds: [...everyone],
        })),
      )
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((row) => ({
          title_zh: row.ref('excluded.title_zh'),
          title_en: row.ref('excluded.title_en'),
          kinds: row.ref('excluded.kinds'),
          origin: row.ref('excluded.origin'),
          retired_at: null,
        })),
      )
      .execute()
    await from(tx).deleteFrom('identity.role_right').where('role', 'in', ids).execute()
    const rights = roles.flatMap(({ id, rights }) =>
      Object.entries(rights).map(([right_id, reach]) => ({ role: id, right_id, reach })),
    )
    if (rights.length > 0) await from(tx).insertInto('identity.role_right').values(rights).execute()
  })
}

import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { type App, system, type Words } from '#runtime'
import type { AccountKind, Role } from '../contract.ts'
import { hashPassword } from './passwords.ts'
import { from } from './tables.ts'

const STAFF = new URL('../../../data/demonstration/staff.json', import.meta.url)
/** The one password of all demonstration accounts, printed in the README; they exist only with DAIZONG_DEMO. */
export const DEMO_PASSWORD = 'Daizong-2026'

interface Demonstration {
  readonly posts: readonly { readonly id: string; readonly organisation: string; readonly title: Words }[]
  readonly accounts: readonly {
    readonly account: string
    readonly name: string
    readonly kind: AccountKind
    readonly organisation?: string
    readonly posts: readonly string[]
  }[]
}

/** Adds what is missing of the demonstration city's posts and accounts, with the roles that name these posts. */
export async function loadDemonstration(app: App): Promise<void> {
  const { posts, accounts } = JSON.parse(await readFile(STAFF, 'utf8')) as Demonstration
  const roles = app.declared('roles').map(({ entry }) => entry)
  const hash = await hashPassword(DEMO_PASSWORD)
  await app.work(system('identity.demonstration'), async ({ tx, at, audit }) => {
    await sql`select pg_advisory_xact_lock(hashtext('identity.demonstration'))`.execute(tx)
    const db = from(tx)
    await db
      .insertInto('identity.post')
      .values(
        posts.map(({ id, organisation, title }) => ({ id, organisation, title_zh: title.zh, title_en: title.en })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const granted = posts.flatMap(({ id }) => rolesOf(id, roles).map((role) => ({ post: id, role })))
    if (granted.length > 0)
      await db
        .insertInto('identity.post_role')
        .values(granted)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    const made = await db
      .insertInto('identity.account')
      .values(
        accounts.map(({ account, name, kind, organisation }) => ({
          id: `demo.${account}`,
          account,
          name,
          kind,
          organisation: organisation ?? null,
          password_hash: hash,
          password_at: at,
          is_demo: true,
          created_at: at,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('account')
      .execute()
    const isNew = new Set(made.map(({ account }) => account))
    const held = accounts
      .filter(({ account }) => isNew.has(account))
      .flatMap(({ account, posts }) =>
        posts.map((post) => ({ post, account: `demo.${account}`, valid_from: at, valid_to: null })),
      )
    if (held.length > 0) await db.insertInto('identity.holding').values(held).execute()
    if (made.length > 0) audit({ event: 'identity.demonstration.loaded', details: { accounts: made.length } })
  })
}

const rolesOf = (post: string, roles: readonly Role[]): string[] =>
  roles.filter(({ demoPosts = [] }) => demoPosts.some((pattern) => fits(pattern, post))).map(({ id }) => id)

const fits = (pattern: string, post: string): boolean =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(post)

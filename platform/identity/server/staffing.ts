import { randomUUID } from 'node:crypto'
import { type App, Conflict, InvalidInput, NotFound, type Work, words } from '#runtime'
import type { NewAccount, Staffing } from '../contract.ts'
import type { ActorCache } from './actor-cache.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import type { Proofs } from './proofs.ts'
import { from } from './tables.ts'

/** Makers of organisations, roles, posts and accounts, for routes and other modules alike; each leaves its audit record. */
export function staffingService(app: App, cache: ActorCache, proofs: Proofs): Staffing {
  const declared = new Set(app.declared('rights').map(({ entry }) => entry.id))
  const setRights: Staffing['setRights'] = async (work, role, rights) => {
    for (const right of Object.keys(rights)) if (!declared.has(right)) throw unknown(`right ${right}`, `权限 ${right}`)
    await from(work.tx).deleteFrom('identity.role_right').where('role', '=', role).execute()
    const granted = Object.entries(rights).map(([right_id, reach]) => ({ role, right_id, reach }))
    if (granted.length > 0) await from(work.tx).insertInto('identity.role_right').values(granted).execute()
  }
  return {
    setRights,
    addOrganisation: async (work, { id, name, short, parent, division, kind }) => {
      const above = await from(work.tx)
        .selectFrom('identity.organisation')
        .select('path')
        .where('id', '=', parent)
        .where('closed_at', 'is', null)
        .executeTakeFirst()
      if (!above) throw new NotFound('no-such-parent', words('上级组织不存在', 'The organisation above does not exist'))
      const row = { id, parent, path: `${above.path}${id}/`, division, kind, short, name_zh: name.zh, name_en: name.en }
      await unlessTaken(id, () =>
        from(work.tx).insertInto('identity.organisation').values(row).onConflict(nothing).executeTakeFirst(),
      )
      work.audit({ event: 'identity.organisation.created', subject: { kind: 'organisation', id }, details: { parent } })
      return id
    },
    addRole: async (work, { id, title, rights }) => {
      for (const right of Object.keys(rights))
        if (!declared.has(right)) throw unknown(`right ${right}`, `权限 ${right}`)
      const role = { id, title_zh: title.zh, title_en: title.en, origin: 'own' as const }
      await unlessTaken(id, () =>
        from(work.tx).insertInto('identity.role').values(role).onConflict(nothing).executeTakeFirst(),
      )
      await setRights(work, id, rights)
      work.audit({ event: 'identity.role.created', subject: { kind: 'role', id }, details: { rights } })
      return id
    },
    addPost: async (work, { id, title, organisation, roles }) => {
      await mustExist(work, 'identity.organisation', organisation)
      for (const role of roles) await mustExist(work, 'identity.role', role)
      const post = { id, title_zh: title.zh, title_en: title.en, organisation }
      await unlessTaken(id, () =>
        from(work.tx).insertInto('identity.post').values(post).onConflict(nothing).executeTakeFirst(),
      )
      const granted = roles.map((role) => ({ post: id, role }))
      if (granted.length > 0) await from(work.tx).insertInto('identity.post_role').values(granted).execute()
      work.audit({ event: 'identity.post.created', subject: { kind: 'post', id }, details: { organisation, roles } })
      return id
    },
    addAccount: (work, account) => addAccount(work, account, randomUUID()),
    prove: async (work, id, shown) => {
      const account = await from(work.tx)
        .selectFrom('identity.account')
        .select(['id', 'kind'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (!account) throw new NotFound()
      await proofs.prove(work, account, shown)
    },
    assign: async (work, post, account) => {
      await mustExist(work, 'identity.post', post)
      await mustExist(work, 'identity.account', account)
      await from(work.tx)
        .insertInto('identity.holding')
        .values({ post, account, valid_from: work.at, valid_to: null })
        .execute()
      work.audit({ event: 'identity.holding.begun', subject: { kind: 'post', id: post }, details: { account } })
      cache.changed(work, account)
    },
  }
}

/** @param id of the new row; demonstration accounts have a readable one */
export async function addAccount(work: Work, account: NewAccount, id: string, isDemo = false): Promise<string> {
  const { kind, name, organisation, password, mustChange = false } = account
  const written = account.account.trim().toLowerCase()
  if (password !== undefined) checkPassword(password, written)
  if (organisation) await mustExist(work, 'identity.organisation', organisation)
  const row = {
    id,
    account: written,
    name,
    kind,
    organisation: organisation ?? null,
    password_hash: password === undefined ? null : await hashPassword(password),
    password_at: work.at,
    must_change: mustChange,
    is_demo: isDemo,
    created_at: work.at,
  }
  await unlessTaken(written, () =>
    from(work.tx).insertInto('identity.account').values(row).onConflict(nothing).executeTakeFirst(),
  )
  work.audit({ event: 'identity.account.created', subject: { kind: 'account', id }, details: { kind } })
  return id
}

const nothing = <T extends { doNothing(): unknown }>(conflict: T) => conflict.doNothing() as ReturnType<T['doNothing']>

async function unlessTaken(id: string, insert: () => Promise<{ numInsertedOrUpdatedRows?: bigint | undefined }>) {
  const { numInsertedOrUpdatedRows } = await insert()
  if (!numInsertedOrUpdatedRows) throw new Conflict('taken', words(`“${id}”已存在`, `"${id}" exists already`))
}

async function mustExist(
  work: Work,
  table: 'identity.organisation' | 'identity.role' | 'identity.post' | 'identity.account',
  id: string,
): Promise<void> {
  const row = await from(work.tx).selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()
  if (!row) throw unknown(id, id)
}

function unknown(en: string, zh: string): InvalidInput {
  return new InvalidInput('unknown-reference', words(`“${zh}”不存在`, `"${en}" does not exist`))
}

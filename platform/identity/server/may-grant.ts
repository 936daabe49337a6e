import { Forbidden, NotFound, type Scope, type Work, words } from '#runtime'
import { isWider } from './make-actor.ts'
import { from } from './tables.ts'
import { usablePosts } from './usable-posts.ts'

export async function rolesOf(work: Work, post: string): Promise<string[]> {
  const rows = await from(work.tx).selectFrom('identity.post_role').select('role').where('post', '=', post).execute()
  return rows.map(({ role }) => role)
}

/** Nobody grants what reaches further than his own right to grant. @throws Forbidden, NotFound */
export async function refuseWider(work: Work, scope: Scope, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    const row = await from(work.tx)
      .selectFrom('identity.role')
      .select('id')
      .where('id', '=', role)
      .where('retired_at', 'is', null)
      .executeTakeFirst()
    if (!row) throw new NotFound('no-such-role', words(`没有角色“${role}”`, `There is no role "${role}"`))
    const rights = await from(work.tx)
      .selectFrom('identity.role_right')
      .select('reach')
      .where('role', '=', role)
      .execute()
    if (rights.some(({ reach }) => isWider(reach, scope.reach)))
      throw new Forbidden(
        'wider-than-own',
        words(`角色“${role}”的范围大于您的授权范围`, `Role "${role}" reaches further than you may grant`),
      )
  }
}

/** A unit's administrator does not take over an account that may do more than the unit. @throws Forbidden, NotFound */
export async function refuseStronger(work: Work, scope: Scope, account: string): Promise<void> {
  if (scope.reach === 'city') return
  for (const post of await usablePosts(work.tx, account, work.at)) {
    if (!post.organisation.path.startsWith(scope.path))
      throw new Forbidden('post-elsewhere', words('该人员在其他单位任职', 'This person also holds a post elsewhere'))
    await refuseWider(work, scope, await rolesOf(work, post.id))
  }
}

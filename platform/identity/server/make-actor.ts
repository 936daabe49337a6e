import type { Actor, Db, Reach, Scope } from '#runtime'
import type { AccountKind } from '../contract.ts'
import { grantedRights, type UsablePost } from './usable-posts.ts'

const WIDTH: Readonly<Record<Reach, number>> = { own: 0, unit: 1, subtree: 2, city: 3 }

export const isWider = (reach: Reach, than: Reach): boolean => WIDTH[reach] > WIDTH[than]

export interface ActingAccount {
  readonly id: string
  readonly name: string
  readonly kind: AccountKind
}

/** The actor of an account in one of its posts; of several grants of a right the widest counts. */
export async function makeActor(db: Db, account: ActingAccount, post: UsablePost | undefined): Promise<Actor> {
  const granted = await grantedRights(db, post?.id, account.kind)
  const place = post?.organisation
  const at = { organisation: place?.id ?? '', path: place?.path ?? '', division: place?.division ?? '' }
  return {
    kind: 'person',
    id: account.id,
    name: account.name,
    ...(post ? { post: post.id, organisation: post.organisation.id } : {}),
    ...(post?.onBehalfOf ? { onBehalfOf: post.onBehalfOf.id } : {}),
    rights: widest(
      granted.map(({ right_id, reach, by_post }) => [right_id, { ...at, reach: by_post ? reach : 'own' }]),
    ),
  }
}

/** One scope a right: the widest given. */
export function widest(given: readonly (readonly [string, Scope])[]): ReadonlyMap<string, Scope> {
  const rights = new Map<string, Scope>()
  for (const [right, scope] of given) {
    const before = rights.get(right)
    if (!before || isWider(scope.reach, before.reach)) rights.set(right, scope)
  }
  return rights
}

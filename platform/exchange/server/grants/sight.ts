import type { Scope } from '#runtime'
import { NotFound } from '#runtime'
import { type GrantStore, type KnownGrant, NO_GRANT } from './grant-store.ts'

/** Consumer and owner see a grant, with the organisations above them, and who sees the whole city. */
export const isSeen = (scope: Scope, { path, ownerPath }: Pick<KnownGrant, 'path' | 'ownerPath'>): boolean =>
  scope.reach === 'city' || path.startsWith(scope.path) || ownerPath.startsWith(scope.path)

/** Of the consumer, or of an organisation above it. */
export const isConsumer = (scope: Scope, { path }: Pick<KnownGrant, 'path'>): boolean =>
  scope.reach === 'city' || path.startsWith(scope.path)

/** @throws NotFound also for one that may not be known to exist */
export function seenGrant(store: GrantStore, scope: Scope, id: string): KnownGrant {
  const grant = store.find(id)
  if (!grant || !isSeen(scope, grant)) throw new NotFound('no-grant', NO_GRANT)
  return grant
}

import { type Actor, type Scope, service, type Words } from '#runtime'

export type { Role } from './role.ts'

/** A node of the tree: city bodies, counties, zones, towns, villages, grids. */
export interface Organisation {
  /** e.g. `city.ecology`, `370902.ecology`, `370902001`. */
  readonly id: string
  readonly name: Words
  readonly parent: string | null
  /** `city/city.ecology/` */
  readonly path: string
  /** Division it answers for: `3709`, `370902`, `370902001`. */
  readonly division: string
  readonly kind: 'city' | 'body' | 'county' | 'zone' | 'town' | 'village' | 'grid'
}

/** A post [岗位]: what matters are assigned to; people come and go. */
export interface Post {
  readonly id: string
  readonly title: Words
  readonly organisation: string
  readonly roles: readonly string[]
}

export interface Identity {
  organisation(id: string): Promise<Organisation | undefined>
  post(id: string): Promise<Post | undefined>
  /** Posts that hold a right and whose reach covers the division (or organisation) given, nearest below the city first. */
  postsWith(
    right: string,
    where: { readonly division: string } | { readonly organisation: string },
  ): Promise<readonly Post[]>
  /** Accounts that act through a post now: holders and those it is delegated to. */
  accountsOf(post: string): Promise<readonly { readonly id: string; readonly name: string }[]>
  /** Display names of accounts, for pages that show who did something. */
  names(accounts: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The actor of an account in one of its posts, with its rights. @throws NotFound */
  actorFor(account: string, post?: string): Promise<Actor>
}
export const identity = service<Identity>('identity')

/** Whether a scope reaches a row of this division, organisation path or account. */
export function covers(
  scope: Scope,
  actor: Actor,
  row: { readonly division?: string; readonly path?: string; readonly account?: string },
): boolean {
  if (scope.reach === 'city') return true
  if (scope.reach === 'own') return row.account === actor.id
  if (row.path !== undefined) return scope.reach === 'unit' ? row.path === scope.path : row.path.startsWith(scope.path)
  if (row.division !== undefined) return row.division.startsWith(scope.division)
  return false
}

import { type Actor, type Db, type Reach, type Scope, service, type Words, type Work } from '#runtime'
import type { AccountKind } from './role.ts'

export type { AccountKind, Role } from './role.ts'

/** A node of the tree: city bodies, counties, zones, towns, villages, grids. */
export interface Organisation {
  /** e.g. `city.ecology`, `county.370902.ecology`; towns and villages by code: `370902001`. */
  readonly id: string
  readonly name: Words
  /** Chinese name in daily use. */
  readonly short: string
  readonly parent: string | null
  /** `city/city.government/city.ecology/` */
  readonly path: string
  /** Division it answers for: `3709`, `370902`, `370902001`; a zone, which has no code: `3709.high-tech`. */
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

/** Of which person or firm an account is: a clerk has seen the card or the licence. */
export interface Proof {
  readonly kind: Exclude<AccountKind, 'staff'>
  /** Citizen number of a resident, unified social credit code of a firm. */
  readonly number: string
  readonly name: string
  readonly at: Date
}

/**
 * Questions about people and organisations. Inside a unit of work give its handle (`work.tx`) as the last argument, so
 * that the answer includes what the unit has written and no second connection is taken.
 */
export interface Identity {
  organisation(id: string, db?: Db): Promise<Organisation | undefined>
  /** Every organisation that exists now, above before below. */
  organisations(db?: Db): Promise<readonly Organisation[]>
  /** Ids of the organisation with this path and of all below it, closed ones too: rows of theirs remain. */
  organisationsWithin(path: string, db?: Db): Promise<readonly string[]>
  post(id: string, db?: Db): Promise<Post | undefined>
  /** Posts that hold a right and whose reach covers the division (or organisation) given, nearest below the city first. */
  postsWith(
    right: string,
    where: { readonly division: string } | { readonly organisation: string },
    db?: Db,
  ): Promise<readonly Post[]>
  /** How many posts hold each right for more than own rows; a right that no post holds is absent. */
  postCounts(db?: Db): Promise<ReadonlyMap<string, number>>
  /** Accounts that act through a post now: holders and those it is delegated to. */
  accountsOf(post: string, db?: Db): Promise<readonly { readonly id: string; readonly name: string }[]>
  /** Posts that an account may use now: held ones and those lent to it. */
  postsOf(account: string, db?: Db): Promise<readonly Post[]>
  /** Names of divisions of this city by code (GB/T 2260 and longer); an unknown one is absent. */
  divisionNames(codes: readonly string[], db?: Db): Promise<ReadonlyMap<string, Words>>
  /** Display names of accounts, for pages that show who did something. */
  names(accounts: readonly string[], db?: Db): Promise<ReadonlyMap<string, string>>
  /** Of whom an account is proven to be; undefined if nobody has proven it. Not for showing to others. */
  proofOf(account: string, db?: Db): Promise<Proof | undefined>
  /** The actor of an account in one of its posts, with its rights. @throws NotFound */
  actorFor(account: string, post?: string, db?: Db): Promise<Actor>
}
export const identity = service<Identity>('identity')

/** Makes organisations, posts, roles and accounts; every call leaves its audit record. For administration and demonstration data. */
export interface Staffing {
  /** @throws NotFound (parent), Conflict (id taken) */
  addOrganisation(work: Work, organisation: Omit<Organisation, 'path'> & { readonly parent: string }): Promise<string>
  /** An own role. @throws InvalidInput for a right that no module declares, Conflict (id taken) */
  addRole(work: Work, role: { id: string; title: Words; rights: Readonly<Record<string, Reach>> }): Promise<string>
  /** Replaces the rights of an own role. @throws InvalidInput for a right that no module declares */
  setRights(work: Work, role: string, rights: Readonly<Record<string, Reach>>): Promise<void>
  /** @param post `roles` that do not exist are an InvalidInput */
  addPost(work: Work, post: Post): Promise<string>
  /** @returns id of the account @throws Conflict (account taken), InvalidInput (password too weak) */
  addAccount(work: Work, account: NewAccount): Promise<string>
  /** Gives a post to an account from now on. */
  assign(work: Work, post: string, account: string): Promise<void>
  /** Of whom an account is, as its card or licence says. @throws NotFound, InvalidInput (number), Conflict when it is proven already */
  prove(work: Work, account: string, shown: { readonly number: string; readonly name: string }): Promise<void>
}
export const staffing = service<Staffing>('identity.staffing')

export interface NewAccount {
  /** What is typed to sign in; small letters, digits and `._@-`. */
  readonly account: string
  readonly name: string
  readonly kind: AccountKind
  /** Whose administrators look after it; the city if absent. */
  readonly organisation?: string
  /** Absent: cannot sign in until an administrator sets one. */
  readonly password?: string
  /** True when somebody else chose the password. */
  readonly mustChange?: boolean
}

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

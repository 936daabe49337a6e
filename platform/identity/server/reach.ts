import { type RawBuilder, sql } from 'kysely'
import { NotFound, type Scope, type Work } from '#runtime'
import { covers } from '../contract.ts'
import { from } from './tables.ts'

/** Condition that an organisation's path is within reach. Own rows have no path, so `own` reaches none. */
export function pathWithin(scope: Scope, path: string): RawBuilder<boolean> {
  if (scope.reach === 'city') return sql`true`
  if (scope.reach === 'unit') return sql`${sql.ref(path)} = ${scope.path}`
  if (scope.reach === 'subtree') return sql`starts_with(${sql.ref(path)}, ${scope.path})`
  return sql`false`
}

/** An organisation that the caller may do this to. @throws NotFound */
export async function organisationWithin(work: Work, scope: Scope, id: string | null) {
  const row = await from(work.tx)
    .selectFrom('identity.organisation')
    .selectAll()
    .where('id', '=', id ?? 'city')
    .executeTakeFirst()
  if (!row || !covers(scope, work.actor, { path: row.path })) throw new NotFound()
  return row
}

/** An account that the caller may do this to, by the organisation that looks after it. @throws NotFound */
export async function accountWithin(work: Work, scope: Scope, id: string) {
  const row = await from(work.tx).selectFrom('identity.account').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound()
  await organisationWithin(work, scope, row.organisation)
  return row
}

/** A post that the caller may do this to, by its organisation. @throws NotFound */
export async function postWithin(work: Work, scope: Scope, id: string) {
  const row = await from(work.tx).selectFrom('identity.post').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound()
  await organisationWithin(work, scope, row.organisation)
  return row
}

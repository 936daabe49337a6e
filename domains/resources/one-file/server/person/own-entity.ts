import { sql } from 'kysely'
import { identity } from '#platform/identity'
import type { App, Work } from '#runtime'
import { hashesOf, personKeys } from '../run/keys.ts'

/**
 * The person of whom an account is proven to be: who has a record with that number and name, the register's before others.
 * A number alone is not enough, since some files give one number to two people.
 */
export async function findOwnEntity(app: App, work: Work, account: string): Promise<number | undefined> {
  const proof = await app.use(identity).proofOf(account, work.tx)
  if (proof?.kind !== 'resident') return undefined
  const texts = personKeys(proof)
  const [number] = hashesOf(app, 'person', 'number', [texts.number])
  const [name] = hashesOf(app, 'person', 'name', [texts.name])
  const { rows } = await sql<{ entity: number }>`select entity from one_file.record
    where kind = 'person' and number_key = ${String(number)}::bigint and name_key = ${String(name)}::bigint
    group by entity order by bool_or(dataset = 'base.resident') desc, count(*) desc, entity limit 1`.execute(work.tx)
  return rows[0]?.entity
}

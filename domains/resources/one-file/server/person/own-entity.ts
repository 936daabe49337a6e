import { sql } from 'kysely'
import type { Db } from '#runtime'

/** The person of an account; follows merges. */
export async function findOwnEntity(db: Db, account: string): Promise<number | undefined> {
  const { rows } = await sql<{ entity: number }>`
    with recursive own as (
      select entity, 1 as step from one_file.account where account = ${account}
      union all select e.merged_into, step + 1 from own join one_file.entity e on e.id = own.entity
      where e.merged_into is not null and step < 10)
    select entity from own order by step desc limit 1`.execute(db)
  return rows[0]?.entity
}

import { sql } from 'kysely'
import type { Work } from '#runtime'

export interface Grant {
  readonly id: string
  readonly entry: string
  readonly use: string
  readonly until: string
}

/** The grant of an account that is valid today. */
export async function findGrant(work: Work, entry: string, account: string): Promise<Grant | undefined> {
  const { rows } = await sql<Grant>`
    select id, entry, use, until::text as until from open_data.grant
    where entry = ${entry} and account = ${account} and until >= (${work.at}::timestamptz at time zone 'Asia/Shanghai')::date
    order by until desc limit 1`.execute(work.tx)
  return rows[0]
}

const OWN = 100

/** Grants of an account, newest first. */
export async function grantsOf(work: Work, account: string): Promise<readonly Grant[]> {
  const { rows } = await sql<Grant>`
    select id, entry, use, until::text as until from open_data.grant where account = ${account}
    order by given_at desc limit ${OWN}`.execute(work.tx)
  return rows
}

import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { KnownValue } from '../contract.ts'
import type { Measured } from '../indicator.ts'

const MOST = 10_000

interface ValueRow {
  readonly member: string
  readonly period: Date
  readonly value: number | null
  readonly basis: Measured['basis']
  readonly vintage: Date
}

export interface ValuesQuery {
  readonly members?: readonly string[] | undefined
  readonly from: Date
  readonly to: Date
  readonly asOf?: Date | undefined
}

/** The newest values of the span as known at an instant, oldest period first. */
export async function readValues(db: Db, indicator: string, query: ValuesQuery): Promise<readonly KnownValue[]> {
  const { members = null, from, to, asOf = null } = query
  const { rows } = await sql<ValueRow>`
    select * from (
      select distinct on (member, period) member, period, vintage, value, basis from indicators.value
      where indicator = ${indicator} and period >= ${from} and period < ${to}
        and (${members}::text[] is null or member = any(${members}::text[]))
        and (${asOf}::timestamptz is null or vintage <= ${asOf})
      order by member, period, vintage desc) known
    order by period desc, member desc limit ${MOST}`.execute(db)
  return rows.toReversed().map(toKnown)
}

const toKnown = ({ member, period, value, basis, vintage }: ValueRow): KnownValue => ({
  member,
  period: period.toISOString(),
  value,
  basis,
  vintage,
})

/** Every vintage of one value, oldest first. */
export async function readVintages(db: Db, indicator: string, member: string, period: Date) {
  const { rows } = await sql<ValueRow & { published_by: string }>`
    select member, period, vintage, value, basis, published_by from indicators.value
    where indicator = ${indicator} and member = ${member} and period = ${period} order by vintage`.execute(db)
  return rows.map((row) => ({ ...toKnown(row), by: row.published_by }))
}

/** Members that have a value in the newest period. */
export async function newestMembers(db: Db, indicator: string): Promise<readonly string[]> {
  const from = await findNewestPeriod(db, indicator)
  const values = from && (await readValues(db, indicator, { from, to: new Date(from.getTime() + 1) }))
  return (values ?? []).map(({ member }) => member)
}

/** The newest period that has a value, or undefined. */
export async function findNewestPeriod(db: Db, indicator: string): Promise<Date | undefined> {
  const { rows } = await sql<{ period: Date }>`
    select period from indicators.value where indicator = ${indicator} and value is not null
    order by period desc limit 1`.execute(db)
  return rows[0]?.period
}

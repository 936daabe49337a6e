import { createHash } from 'node:crypto'
import type pg from 'pg'
import { InvalidInput, words } from '#runtime'
import type { FeedDefinition } from '../../contract.ts'
import { atSource } from './away.ts'
import type { Slots } from './connector.ts'
import { quotedTable } from './postgres-columns.ts'

const LONGEST = 63
const MARK = 12

/** Name of a feed's slot and publication: of the feed and its table, so that another table never comes through them. */
export function slotName({ id, from }: Pick<FeedDefinition, 'id' | 'from'>): string {
  const mark = createHash('sm3').update(`${id}\n${from}`).digest('hex').slice(0, MARK)
  return `${`daizong_${id.replace(/[^a-z0-9]/g, '_')}`.slice(0, LONGEST - MARK - 1)}_${mark}`
}

/** How far a slot is; undefined if it is not there, or if the source has thrown away what it should have kept. */
export async function slotAt(client: pg.Client, name: string): Promise<string | undefined> {
  const { rows } = await client.query<{ at: string; status: string | null }>(
    'select confirmed_flush_lsn::text as at, wal_status as status from pg_replication_slots where slot_name = $1',
    [name],
  )
  const [slot] = rows
  if (slot?.status !== 'lost') return slot?.at
  await client.query('select pg_drop_replication_slot($1)', [name])
  return undefined
}

/** @throws InvalidInput with the statements for the administrator of the source, where we may not do it */
export async function makeSlot(client: pg.Client, name: string, table: string): Promise<string> {
  const publish = `create publication ${name} for table ${quotedTable(table)}`
  try {
    const published = await client.query('select from pg_publication where pubname = $1', [name])
    if (published.rowCount === 0) await client.query(publish)
    const { rows } = await client.query<{ lsn: string }>(
      `select lsn::text from pg_create_logical_replication_slot($1, 'pgoutput')`,
      [name],
    )
    return rows[0]?.lsn ?? ''
  } catch (error) {
    const said = (error as Error).message
    throw new InvalidInput(
      'no-replication',
      words(
        `来源不允许逻辑复制（${said}）。请来源管理员设置 wal_level = logical，授予用户 REPLICATION 权限，并执行：${publish}`,
        `The source does not allow logical replication (${said}). Its administrator has to set wal_level = logical, give the user REPLICATION, and run: ${publish}`,
      ),
    )
  }
}

export const slotsOf = (client: pg.Client): Slots => ({
  lag: (name) =>
    atSource(async () => {
      const { rows } = await client.query<{ bytes: string | null }>(
        `select pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint as bytes from pg_replication_slots
         where slot_name = $1`,
        [name],
      )
      const bytes = rows[0]?.bytes
      return bytes === null || bytes === undefined ? null : Number(bytes)
    }),
  drop: (name) =>
    atSource(async () => {
      await client.query('select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1', [
        name,
      ])
      await client.query(`drop publication if exists ${name}`)
    }),
})

/** What the administrator of the source has to run where we cannot. */
export const dropStatements = (name: string): string =>
  `select pg_drop_replication_slot('${name}'); drop publication if exists ${name};`

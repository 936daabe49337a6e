import { sql } from 'kysely'
import { Conflict, type Db, words } from '#runtime'
import type { ChangePlace, SharedChange } from '../../contract.ts'
import { quoted } from '../storage.ts'
import { both, type Selected, type Stored } from './selected.ts'

/**
 * Rows that were touched after a place, each once, as they are now. One that is not within the selection is told as gone
 * if any version of it ever was: what a consumer never had stays unknown to him.
 */
export async function changesAfter(
  db: Db,
  selected: Selected,
  after: ChangePlace,
  limit: number,
): Promise<{ changes: SharedChange[]; place: ChangePlace; more: boolean }> {
  const { storage } = selected
  await refuseCut(db, storage.dataset.id, after)
  const { rows: touched } = await sql<{ xid: string; id: number; row: number }>`
    select xid::text as xid, id, row from registry.change c
    where dataset = ${storage.dataset.id} and (xid, id) > (${after.xid}::xid8, ${after.id})
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by c.xid, c.id limit ${limit}`.execute(db)
  const last = touched.at(-1)
  if (!last) return { changes: [], place: after, more: false }
  const ids = [...new Set(touched.map(({ row }) => row))]
  const now = selected.view(await rowsWithin(db, selected, ids))
  const present = new Set(now.map(({ id }) => id))
  const before = await versionsWithin(
    db,
    selected,
    ids.filter((id) => !present.has(id)),
  )
  return {
    changes: [
      ...now.map(({ id, value }) => ({ row: id, change: 'put' as const, value })),
      ...selected.view(before).map(({ id, value }) => ({ row: id, change: 'gone' as const, value })),
    ],
    place: { xid: last.xid, id: last.id },
    more: touched.length === limit,
  }
}

/** @throws Conflict for a place before which changes were cut that were not read yet */
async function refuseCut(db: Db, dataset: string, after: ChangePlace): Promise<void> {
  const { rows } = await sql`select from registry.change_cut
    where dataset = ${dataset} and (xid, id) > (${after.xid}::xid8, ${after.id})`.execute(db)
  if (rows.length > 0)
    throw new Conflict(
      'changes-cut',
      words(
        '上次读取至今太久，其间的变更记录已清理，请不带游标从头开始',
        'You read last too long ago, and changes since were cut; begin anew, without a cursor',
      ),
    )
}

async function rowsWithin(db: Db, { storage, within }: Selected, ids: readonly number[]): Promise<readonly Stored[]> {
  const { rows } = await sql<Stored>`select * from ${sql.raw(quoted(storage.table))}
    where ${both([sql`_id = any(${[...ids]})`, ...within()])} order by _id`.execute(db)
  return rows
}

/** Of each row the newest earlier version that was within the selection. */
async function versionsWithin(
  db: Db,
  { storage, within }: Selected,
  ids: readonly number[],
): Promise<readonly Stored[]> {
  if (ids.length === 0) return []
  const table = sql.raw(quoted(storage.table))
  const { rows } = await sql<Stored & { _row: number }>`
    select distinct on (_row) v.* from (
      select h._row, h._number, r.* from (
        select row as _row, version as _number, data as _data from registry.history
        where dataset = ${storage.dataset.id} and row = any(${[...ids]})) h
      cross join lateral jsonb_populate_record(null::${table}, h._data) r
      where ${both(within())}) v
    order by _row, _number desc`.execute(db)
  return rows.map((row) => ({ ...row, _id: row._row }))
}

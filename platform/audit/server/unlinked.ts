import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { Fault } from '../contract.ts'
import type { Checkpoint } from './chain.ts'

/**
 * The first entry that should be in the chain and is not, unless the fault found there comes before it. An entry is due
 * when its transaction is older than `due`, or claims to be one that has not begun yet.
 */
export async function findUnlinked(
  tx: Db,
  due: string,
  last: Checkpoint | undefined,
  linked: Fault | undefined,
): Promise<Fault | undefined> {
  const { rows } = await sql<{ id: number; xid: string }>`select e.id, e.xid::text as xid from audit.entry e
    where (e.xid < ${due}::xid8 or e.xid >= pg_snapshot_xmax(pg_current_snapshot())
        or e.xid < ${last?.xid ?? '0'}::xid8)
      and not exists (select from audit.link l where l.entry_id = e.id)
    order by e.xid, e.id limit 1`.execute(tx)
  const [unlinked] = rows
  if (!unlinked) return linked
  if (linked?.part === 'link' && linked.fault === 'removed' && linked.id === undefined)
    return { ...linked, id: String(unlinked.id) }
  if (linked && (await isBefore(tx, linked, unlinked))) return linked
  return { fault: 'inserted', part: 'entry', id: String(unlinked.id) }
}

async function isBefore(tx: Db, linked: Fault, unlinked: { id: number; xid: string }): Promise<boolean> {
  const { rows } = await sql<{ seq: number | null }>`select min(l.seq) as seq from audit.link l
    join audit.entry e on e.id = l.entry_id
    where (e.xid, e.id) > (${unlinked.xid}::xid8, ${unlinked.id})`.execute(tx)
  return (linked.seq ?? 0) < (rows[0]?.seq ?? Number.POSITIVE_INFINITY)
}

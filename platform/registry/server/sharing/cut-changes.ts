import { sql } from 'kysely'
import type { Db, Work } from '#runtime'
import type { ChangePlace } from '../../contract.ts'

/**
 * Deletes noted changes that are older than so many days and that every known subscriber has read. Changes bear no time:
 * each call marks the oldest transaction that runs, and a mark that has grown old enough says what is older than it.
 */
export async function cutChanges(
  work: Work,
  { days, slowest }: { readonly days: number; readonly slowest: ReadonlyMap<string, ChangePlace> },
): Promise<void> {
  const { tx, at } = work
  await sql`insert into registry.change_mark (at, xid) values (${at}, pg_snapshot_xmin(pg_current_snapshot()))
    on conflict do nothing`.execute(tx)
  const oldest = new Date(at.getTime() - days * 24 * 3_600_000)
  const { rows: marks } = await sql<{ xid: string }>`select xid::text as xid from registry.change_mark
    where at <= ${oldest} order by at desc limit 1`.execute(tx)
  const [mark] = marks
  if (!mark) return
  for (const dataset of await followed(tx)) {
    const until = slowest.get(dataset)?.xid ?? mark.xid
    const rows = await cut(tx, dataset, mark.xid, until)
    const subject = { kind: 'registry.dataset', id: dataset }
    if (rows > 0) work.audit({ event: 'registry.change.cut', subject, details: { rows } })
  }
  await sql`delete from registry.change_mark where at < (select max(at) from registry.change_mark where at <= ${oldest})`.execute(
    tx,
  )
}

/** Datasets of which changes are noted, each found by one look into the key. */
async function followed(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ dataset: string }>`
    with recursive each as (
      (select dataset from registry.change order by dataset limit 1)
      union all
      select (select c.dataset from registry.change c where c.dataset > each.dataset order by c.dataset limit 1)
      from each where each.dataset is not null)
    select dataset from each where dataset is not null`.execute(db)
  return rows.map(({ dataset }) => dataset)
}

async function cut(db: Db, dataset: string, mark: string, until: string): Promise<number> {
  const { rows } = await sql<{ gone: number }>`
    with gone as (delete from registry.change where dataset = ${dataset} and xid < least(${mark}::xid8, ${until}::xid8)
      returning xid, id),
    last as (select xid, id from gone order by xid desc, id desc limit 1),
    noted as (insert into registry.change_cut (dataset, xid, id) select ${dataset}, xid, id from last
      on conflict (dataset) do update set xid = excluded.xid, id = excluded.id)
    select count(*)::int as gone from gone`.execute(db)
  return rows[0]?.gone ?? 0
}

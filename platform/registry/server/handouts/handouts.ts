import { type RawBuilder, sql } from 'kysely'
import { InvalidInput, words } from '#runtime'
import type { Handout, Handouts, RowOf } from '../../contract.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { tableOf } from '../rows/registry-service.ts'
import { quoted } from '../storage.ts'
import { BLOCK } from './row-numbers.ts'

/** Blocks stored by one statement, a megabyte. */
const PART = 1_000

export function handoutsService({ catalogue }: Pick<LoadParts, 'catalogue'>): Handouts {
  /** When the dataset held one of these rows. */
  const heldSql = (dataset: string, rows: readonly number[]) => {
    const { table } = tableOf(catalogue.get(dataset))
    return sql`(select range_agg(held) from (
      select tstzrange(t._since, null) as held from ${sql.raw(quoted(table))} t where t._id = any(${rows}::bigint[])
      union all
      select tstzrange(h.since, h.until) from registry.history h
      where h.dataset = ${dataset} and h.row = any(${rows}::bigint[]) and h.since < h.until) versions)`
  }
  return {
    note: async (db, { dataset, handout, given }, rows) => {
      const blocks = [...rows.blocks()]
      for (let from = 0; from < blocks.length; from += PART) {
        const part = blocks.slice(from, from + PART)
        const bits = part.map(([, bytes]) => `\\x${Buffer.from(bytes).toString('hex')}`)
        await sql`insert into registry.handout (dataset, block, handout, bits, given)
          select ${dataset}, block, ${handout}, bits::bytea, ${given}::timestamptz
          from unnest(${part.map(([block]) => block)}::bigint[], ${bits}::text[]) as t (block, bits)
          on conflict (dataset, block, handout) do update set bits = excluded.bits`.execute(db)
      }
    },
    noteWhole: async (db, { dataset, handout, given }, at) => {
      await sql`insert into registry.whole_handout (dataset, at, handout, given)
        values (${dataset}, ${at}, ${handout}, ${given}) on conflict do nothing`.execute(db)
    },
    of: async (db, rows, page) => {
      if (rows.length === 0) return []
      const wholes = [...Map.groupBy(rows, ({ dataset }) => dataset)].map(
        ([dataset, list]) => sql`(
          select ${dataset} as dataset, given, handout from (
            select distinct w.given, w.handout from registry.whole_handout w
            where w.dataset = ${dataset} and w.at <@ ${heldSql(
              dataset,
              list.map(({ row }) => row),
            )} ${pageSql('w', page)}) w)`,
      )
      const found = await sql<Handout>`
        select min(dataset) as dataset, handout, given from (
          select r.dataset, h.given, h.handout from ${blocksSql(rows)} r cross join lateral (
            select h.given, h.handout from registry.handout h
            where ${holdsSql} and h.given is not null ${pageSql('h', page)}) h
          union all ${sql.join(wholes, sql` union all `)}) found
        group by handout, given order by given desc, handout desc limit ${page.limit}`.execute(db)
      return found.rows
    },
    ofMakers: async (db, rows) => {
      const { rows: found } = await sql<{ handout: string }>`select distinct h.handout from ${blocksSql(rows)} r
        join registry.handout h on ${holdsSql} and h.given is null`.execute(db)
      return found.map(({ handout }) => handout)
    },
    forget: async (db, handouts) => {
      await sql`delete from registry.handout where handout = any(${[...handouts]})`.execute(db)
      await sql`delete from registry.whole_handout where handout = any(${[...handouts]})`.execute(db)
    },
    forgetBefore: async (db, before, most) => {
      const oldest = (table: RawBuilder<unknown>) => sql`delete from ${table} where ctid = any(array(
        select ctid from ${table} where given < ${before} order by given limit ${most}))`
      const rows = await oldest(sql`registry.handout`).execute(db)
      const wholes = await oldest(sql`registry.whole_handout`).execute(db)
      return Number(rows.numAffectedRows) + Number(wholes.numAffectedRows)
    },
  }
}

/** Blocks in which rows are, with their places in them. */
const blocksSql = (rows: readonly RowOf[]): RawBuilder<unknown> => sql`(
  select dataset, row / ${BLOCK}::bigint as block, array_agg(row % ${BLOCK}::bigint) as places
  from unnest(${rows.map(({ dataset }) => dataset)}::text[], ${rows.map(({ row }) => row)}::bigint[]) as r (dataset, row)
  group by 1, 2)`

/** Whether a handout `h` held one of the rows of a block `r`. */
const holdsSql = sql`h.dataset = r.dataset and h.block = r.block
  and exists (select from unnest(r.places) as place where get_bit(h.bits, place) = 1)`

/** The end of a statement that walks the index by time from the newest, no further than the page. */
function pageSql(handout: string, { before, limit }: Parameters<Handouts['of']>[2]): RawBuilder<unknown> {
  const given = sql.ref(`${handout}.given`)
  const id = sql.ref(`${handout}.handout`)
  const place = before === undefined ? undefined : placeOf(before)
  const older = place ? sql`and (${given}, ${id}) < (${place.given}::timestamptz, ${place.id})` : sql``
  return sql`${older} order by ${given} desc, ${id} desc limit ${limit}`
}

function placeOf(before: string) {
  const [given = '', id = ''] = before.split('~')
  if (Number.isNaN(Date.parse(given)))
    throw new InvalidInput('wrong-page', words('翻页位置无效，请从头查看', 'This page does not exist; begin anew'))
  return { given, id }
}

import { sql } from 'kysely'
import type { Handout, Handouts } from '../../contract.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { tableOf } from '../rows/registry-service.ts'
import { quoted } from '../storage.ts'
import { BLOCK } from './row-numbers.ts'

/** Blocks stored by one statement, a megabyte. */
const PART = 1_000

export function handoutsService({ catalogue }: Pick<LoadParts, 'catalogue'>): Handouts {
  const wholes = ([dataset, rows]: readonly [string, readonly number[]]) => {
    const { table } = tableOf(catalogue.get(dataset))
    return sql`select w.dataset, w.handout from registry.whole_handout w where w.dataset = ${dataset} and (
      exists (select from ${sql.raw(quoted(table))} t where t._id = any(${rows}::bigint[]) and t._since <= w.at)
      or exists (select from registry.history h where h.dataset = w.dataset and h.row = any(${rows}::bigint[])
        and h.since <= w.at and h.until > w.at))`
  }
  return {
    note: async (db, handout, dataset, rows) => {
      const blocks = [...rows.blocks()]
      for (let from = 0; from < blocks.length; from += PART) {
        const part = blocks.slice(from, from + PART)
        const bits = part.map(([, bytes]) => `\\x${Buffer.from(bytes).toString('hex')}`)
        await sql`insert into registry.handout (dataset, block, handout, bits)
          select ${dataset}, block, ${handout}, bits::bytea
          from unnest(${part.map(([block]) => block)}::bigint[], ${bits}::text[]) as t (block, bits)
          on conflict (dataset, block, handout) do update set bits = excluded.bits`.execute(db)
      }
    },
    noteWhole: async (db, handout, dataset, at) => {
      await sql`insert into registry.whole_handout (dataset, at, handout) values (${dataset}, ${at}, ${handout})
        on conflict do nothing`.execute(db)
    },
    of: async (db, rows) => {
      if (rows.length === 0) return []
      const byDataset = [...Map.groupBy(rows, ({ dataset }) => dataset)].map(
        ([dataset, list]) => [dataset, list.map(({ row }) => row)] as const,
      )
      const found = await sql<Handout>`
        select h.dataset, h.handout
        from unnest(${rows.map(({ dataset }) => dataset)}::text[], ${rows.map(({ row }) => row)}::bigint[]) as r (dataset, row)
        join registry.handout h on h.dataset = r.dataset and h.block = r.row / ${BLOCK}::bigint
          and get_bit(h.bits, r.row % ${BLOCK}::bigint) = 1
        union ${sql.join(byDataset.map(wholes), sql` union `)}`.execute(db)
      return found.rows
    },
    forget: async (db, handouts) => {
      await sql`delete from registry.handout where handout = any(${[...handouts]})`.execute(db)
    },
  }
}

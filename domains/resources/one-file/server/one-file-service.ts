import { sql } from 'kysely'
import type { App } from '#runtime'
import type { KnownEntity, OneFile } from '../contract.ts'
import { findControllers } from './firm/find-controllers.ts'
import { sharesAround } from './firm/shares.ts'
import type { Ref } from './refs.ts'
import { hashesOf } from './run/keys.ts'

export const oneFileService = (app: App): OneFile => ({
  entitiesOf: async (db, dataset, rows, part = 0) => {
    const found = await sql<{ row: number; id: number; kind: KnownEntity['kind'] }>`
      select row, entity as id, kind from one_file.record
      where dataset = ${dataset} and row = any(${[...rows]}::bigint[]) and part = ${part} and entity is not null`.execute(
      db,
    )
    return new Map(found.rows.map(({ row, id, kind }) => [row, { id: String(id), kind }]))
  },
  rowsOf: async (db, entity) =>
    (
      await sql<Ref>`select dataset, row, part from one_file.record where entity = ${entity} order by dataset, row`.execute(
        db,
      )
    ).rows,
  current: async (db, entity) => {
    const { rows } = await sql<{ id: number }>`
      with recursive chain as (
        select id, merged_into, 1 as step from one_file.entity where id = ${entity}
        union all select e.id, e.merged_into, step + 1 from chain c join one_file.entity e on e.id = c.merged_into where step < 20)
      select id from chain order by step desc limit 1`.execute(db)
    return String(rows[0]?.id ?? entity)
  },
  firmByCode: async (db, code) => {
    const [hash] = hashesOf(app, 'firm', 'number', [code])
    const { rows } = await sql<{ entity: number }>`select entity from one_file.record
      where kind = 'firm' and number_key = ${String(hash ?? 0)}::bigint order by (dataset = 'base.firm') desc, entity limit 1`.execute(
      db,
    )
    return rows[0] && String(rows[0].entity)
  },
  actualControllers: async (work, firm) =>
    findControllers(app, Number(firm), await sharesAround(app, work, Number(firm), {})).map(
      ({ holder, kind, percent, isControl }) => ({ entity: { id: String(holder), kind }, percent, isControl }),
    ),
})

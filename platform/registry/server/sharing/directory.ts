import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { DatasetDirectory, DatasetOrigin } from '../../contract.ts'
import type { AnyDataset } from '../../dataset.ts'
import type { Catalogue, Listed } from '../datasets/catalogue.ts'
import { storageOf } from '../storage.ts'

/** The catalogue of the registry as others read it. */
export function directoryOf(catalogue: Catalogue): DatasetDirectory {
  let seen: readonly Listed[] = []
  let datasets: readonly AnyDataset[] = []
  return {
    all: () => {
      const now = catalogue.all()
      if (now !== seen) datasets = now.map(({ dataset }) => dataset)
      seen = now
      return datasets
    },
    find: (id) => catalogue.find(id)?.dataset,
    fields: (dataset) =>
      (storageOf(dataset)?.fields ?? []).map(({ name, meta, required }) => ({ name, meta, required })),
    sizes,
    origins,
  }
}

async function sizes(db: Db, datasets: readonly AnyDataset[]): Promise<ReadonlyMap<string, number>> {
  const stored = datasets.flatMap((dataset) => {
    const storage = storageOf(dataset)
    return storage ? [{ id: dataset.id as string, table: storage.table }] : []
  })
  const { rows } = await sql<{ id: string; rows: number }>`
    select id, greatest(c.reltuples, 0)::bigint as rows
    from unnest(${stored.map(({ id }) => id)}::text[], ${stored.map(({ table }) => table)}::text[]) as t(id, name)
    join pg_class c on c.oid = to_regclass(t.name)`.execute(db)
  return new Map(rows.map(({ id, rows }) => [id, rows]))
}

const NEWEST = 20

async function origins(db: Db, dataset: string): Promise<readonly DatasetOrigin[]> {
  const { rows } = await sql<{
    load: number
    file: string
    organisation: string
    at: Date
    rows: number
    columns: (string | null)[]
    header: string[]
  }>`
    select * from (
      select distinct on (file_name) id as load, file_name as file, organisation, started_at as at, rows_read as rows,
        columns, reading->'header' as header
      from (select * from registry.load where dataset = ${dataset} order by id desc limit 200) l
      order by file_name, id desc) newest
    order by load desc limit ${NEWEST}`.execute(db)
  return rows.map(({ columns, header, ...origin }) => ({
    ...origin,
    columns: columns.flatMap((slot, at) =>
      slot === null ? [] : [{ header: header[at] ?? '', field: slot.split('.')[0] ?? slot }],
    ),
  }))
}

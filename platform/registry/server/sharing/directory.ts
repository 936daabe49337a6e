import { sql } from 'kysely'
import { type Db, type LocalDate, localDateAt } from '#runtime'
import type { DatasetDirectory, DatasetOrigin } from '../../contract.ts'
import type { AnyDataset } from '../../dataset.ts'
import type { Catalogue, Listed } from '../datasets/catalogue.ts'
import { lastReads } from '../rows/read-days.ts'
import { quoted, storageOf } from '../storage.ts'

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
    lastReads,
    firstLoads,
    origins,
  }
}

async function firstLoads(db: Db): Promise<ReadonlyMap<string, LocalDate>> {
  const { rows } = await sql<{ dataset: string; first: Date }>`
    select dataset, min(ended_at) as first from registry.load where state = 'done' group by dataset`.execute(db)
  return new Map(rows.map(({ dataset, first }) => [dataset, localDateAt(first)]))
}

/** Tables that the planner has not looked at are counted up to here. */
const COUNTED = 10_000

async function sizes(db: Db, datasets: readonly AnyDataset[]): Promise<ReadonlyMap<string, number>> {
  const stored = datasets.flatMap((dataset) => {
    const storage = storageOf(dataset)
    return storage ? [{ id: dataset.id as string, table: storage.table }] : []
  })
  const { rows } = await sql<{ id: string; rows: number }>`
    select id, c.reltuples::bigint as rows
    from unnest(${stored.map(({ id }) => id)}::text[], ${stored.map(({ table }) => table)}::text[]) as t(id, name)
    join pg_class c on c.oid = to_regclass(t.name)`.execute(db)
  const known = new Map(rows.map(({ id, rows }) => [id, rows]))
  const unknown = stored.filter(({ id }) => (known.get(id) ?? 0) <= 0)
  if (unknown.length === 0) return known
  const counts = unknown.map(
    ({ id, table }) =>
      sql`select ${id}::text as id, (select count(*) from (select 1 from ${sql.raw(quoted(table))} limit ${COUNTED}) t) as rows`,
  )
  const counted = await sql<{ id: string; rows: number }>`${sql.join(counts, sql` union all `)}`.execute(db)
  return new Map([...known, ...counted.rows.map(({ id, rows }) => [id, rows] as const)])
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

import { sql } from 'kysely'
import { type App, type Db, InvalidInput, NotFound, system, type Work, words } from '#runtime'
import type { Catalogue } from '../datasets/catalogue.ts'
import type { Storage, StoredField } from '../storage.ts'
import { registryTables } from '../tables.ts'
import { tableOf } from './registry-service.ts'

/** Whether lists of millions of rows can be searched and ordered by a field: by an index that begins with it. */
export type Searchable = 'yes' | 'making' | 'no'

/** Names of the fields whose column leads an index. */
export async function searchableFields(db: Db, { table, fields }: Storage): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select distinct attname as name from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
    where indrelid = to_regclass(${table}) and indisvalid and indpred is null`.execute(db)
  const leading = new Set(rows.map(({ name }) => name))
  return new Set(fields.filter(({ same }) => same.some((column) => leading.has(column))).map(({ name }) => name))
}

/** How far each field is; `done` from 0 to 1 of the index that is being made now. */
export async function searchableStates(db: Db, storage: Storage) {
  const ready = await searchableFields(db, storage)
  const asked = await registryTables(db)
    .selectFrom('registry.searchable')
    .select('field')
    .where('dataset', '=', storage.dataset.id)
    .execute()
  const { rows } = await sql<{ done: number }>`
    select blocks_done::float8 / nullif(blocks_total, 0) as done from pg_stat_progress_create_index
    where relid = to_regclass(${storage.table})`.execute(db)
  const isAsked = new Set(asked.map(({ field }) => field))
  const stateOf = ({ name }: StoredField): Searchable => (ready.has(name) ? 'yes' : isAsked.has(name) ? 'making' : 'no')
  return { states: new Map(storage.fields.map((field) => [field.name, stateOf(field)])), done: rows[0]?.done ?? null }
}

export const canBeSearched = ({ meta }: StoredField): boolean => !['point', 'json', 'files'].includes(meta.kind)

/** Asks for an index on a field; it is made in the background. @throws NotFound, InvalidInput */
export async function askSearchable(work: Work, storage: Storage, name: string): Promise<void> {
  const field = storage.fields.find((each) => each.name === name)
  if (!field) throw new NotFound()
  if (!canBeSearched(field))
    throw new InvalidInput('not-searchable', words('此类字段不能查找', 'Fields of this kind cannot be searched'))
  const asked = { by: work.actor.id, at: work.at }
  await registryTables(work.tx)
    .insertInto('registry.searchable')
    .values({ dataset: storage.dataset.id, field: name, ...asked })
    .onConflict((conflict) => conflict.columns(['dataset', 'field']).doUpdateSet(asked))
    .execute()
  const data = { dataset: storage.dataset.id, field: name }
  work.enqueue('registry.searchable', data, { key: `${data.dataset}/${name}` })
}

/** Makes the index; whoever writes to the dataset waits meanwhile, some two seconds for a million rows. */
export async function makeSearchable(app: App, catalogue: Catalogue, dataset: string, name: string): Promise<void> {
  const storage = tableOf(catalogue.get(dataset))
  const [column] = storage.fields.find((field) => field.name === name)?.same ?? []
  if (!column) return
  await sql`select registry.make_searchable(${storage.table}, ${column})`.execute(app.db)
  await sql`select registry.analyse(${storage.table})`.execute(app.db)
  await app.work(system('registry.searchable'), async (work) =>
    work.emit({ topic: 'registry.definition.saved', key: dataset, audience: { right: 'registry.read' } }),
  )
}

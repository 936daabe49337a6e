import { sql } from 'kysely'
import type { Db } from '#runtime'
import { slotsOf } from '../cells/plan.ts'
import { canBeSearched, searchableStates } from '../rows/searchable.ts'
import { quoted, storageOf } from '../storage.ts'
import type { Catalogue, Listed } from './catalogue.ts'

/** A dataset as the catalogue lists it. */
export function datasetSummary({ dataset, module, definition }: Listed) {
  const { id, title, about, source, level, sharing, opening, retention } = dataset
  const storage = storageOf(dataset)
  return {
    id,
    title,
    about,
    source,
    level,
    sharing,
    opening,
    retention,
    module: module ?? null,
    defined: definition !== undefined,
    fields: Object.keys(dataset.schema.properties).length,
    personal: storage?.personal ?? false,
    rows: storage !== undefined,
    byDesk: dataset.writeRight !== undefined && storage !== undefined,
  }
}

/** All that is known of a dataset: fields, key, quality rules, lists, about how many rows. */
export async function datasetDetail(db: Db, catalogue: Catalogue, listed: Listed) {
  const { dataset, definition } = listed
  const storage = storageOf(dataset)
  const codesOf = (list: string) => catalogue.codes(list)
  const slots = storage ? slotsOf(storage, codesOf) : []
  const searchable = storage && (await searchableStates(db, storage))
  return {
    ...datasetSummary(listed),
    key: dataset.key,
    scope: dataset.scope ?? {},
    quality: (dataset.quality ?? []).map(({ id, title, dimension }) => ({ id, title, dimension })),
    list: {
      columns: dataset.list?.columns ?? Object.keys(dataset.schema.properties).slice(0, 8),
    },
    indexing: searchable?.done ?? null,
    fields: (storage?.fields ?? []).map((field) => ({
      name: field.name,
      required: field.required,
      ...field.meta,
      searchable: canBeSearched(field) ? (searchable?.states.get(field.name) ?? 'no') : null,
      choices: choicesOf(field.schema as Choices, field.meta.codes ? codesOf(field.meta.codes) : undefined),
    })),
    slots: slots.map(({ id, title, required, kind }) => ({ id, title, required, kind })),
    definition: definition ?? null,
    about: dataset.about,
    rowCount: storage ? await storedRows(db, storage.table) : null,
  }
}

interface Choices {
  readonly anyOf?: readonly { readonly const: string; readonly words: unknown }[]
}

/** Codes with names; of the longest lists none, they are looked up by themselves. */
function choicesOf({ anyOf }: Choices, codes: object | undefined): Record<string, unknown> | null {
  if (anyOf) return Object.fromEntries(anyOf.map((each) => [each.const, each.words]))
  return codes ? { ...codes } : null
}

/** About how many rows a table holds; exact while it is small. */
async function storedRows(db: Db, table: string): Promise<number> {
  const { rows } = await sql<{ about: number }>`
    select coalesce((select reltuples from pg_class where oid = to_regclass(${table})), 0)::bigint as about`.execute(db)
  const about = rows[0]?.about ?? 0
  if (about > 100_000) return about
  const exact = await sql<{ n: number }>`
    select count(*) as n from (select 1 from ${sql.raw(quoted(table))} limit 1000000) t`.execute(db)
  return exact.rows[0]?.n ?? 0
}

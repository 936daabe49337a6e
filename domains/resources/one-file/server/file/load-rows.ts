import { type RawBuilder, sql } from 'kysely'
import { type DatasetExtract, datasetExtracts, type Row, unsealedRows } from '#platform/registry'
import { type App, type Db, NotFound, type Work } from '#runtime'
import type { KnownEntity } from '../../contract.ts'
import { FROM } from '../../declarations/fields.ts'
import { type Part, readingOf, readings, SHOWING } from '../../declarations/readings.ts'
import type { FileRecord, NotShown } from '../../types.ts'
import { type Ref, refText } from '../refs.ts'
import type { EntityKind } from '../run/gathered.ts'
import { textOf } from '../run/read-part.ts'
import type { AsOf } from './as-of.ts'
import type { Opens } from './purposes.ts'

type Values = Readonly<Record<string, unknown>>

/** A row of a source with the part that is about the entity. */
export interface FileRow {
  readonly dataset: DatasetExtract['dataset']
  readonly part: Part
  readonly number: number
  readonly row: Row<Values>
  readonly from: string | undefined
}

interface StoredLink extends Ref {
  readonly from: Date
  readonly to: Date | null
}

/** Links of an entity that a file shows, and how many there are of each part of a dataset of which it does not show all. */
export interface Links {
  readonly shown: readonly StoredLink[]
  readonly hidden: readonly {
    readonly dataset: string
    readonly part: number
    readonly shown: number
    readonly of: number
  }[]
}

/** Rows that a file shows of one dataset in one role, the latest; the others are counted, so that none crowds out another. */
const MOST = 200
/** Of each part of a dataset how many rows are shown. */
const LIMITS = readings.flatMap(({ dataset, parts }) =>
  parts.map(({ shown = MOST }, part) => ({ dataset, part, most: shown })),
)

interface Entity {
  readonly id: number
  readonly kind: EntityKind
  readonly mergedInto: number | null
}

/** @param kind which it has to be, unless it may be any @throws NotFound */
export async function getEntity(db: Db, id: string, kind?: EntityKind): Promise<Entity> {
  const { rows } = /^\d{1,12}$/.test(id)
    ? await sql<Entity>`select id, kind, merged_into as "mergedInto" from one_file.entity where id = ${id}`.execute(db)
    : { rows: [] }
  const [entity] = rows
  if (!entity || (kind && entity.kind !== kind)) throw new NotFound()
  return entity
}

/** Whom records are about, as it is known or was known at an instant. */
export const linksAt = (known?: Date): RawBuilder<unknown> => {
  const now = sql`select dataset, row, part, entity, known_from, null::timestamptz as known_to from one_file.record`
  const past = sql`select dataset, row, part, entity, known_from, known_to from one_file.past_record`
  return known
    ? sql`(${now} where known_from <= ${known} union all ${past} where known_from <= ${known} and known_to > ${known})`
    : sql`(${now})`
}

/**
 * Links of an entity, as they are or as they were known: of each dataset and role at most so many, and none of what is not
 * opened, which is counted only.
 */
export async function linksOf(db: Db, entity: number, opens: Opens, known?: Date): Promise<Links> {
  const limits = LIMITS.map((limit) => (opens(limit.dataset) ? limit : { ...limit, most: 0 }))
  const { rows } = await sql<StoredLink & { of: number; place: number; most: number }>`
    select dataset, row, part, known_from as "from", known_to as "to", "of", place, most from (
      select l.*, count(*) over (partition by dataset, part) as "of",
        row_number() over (partition by dataset, part order by row desc) as place
      from ${linksAt(known)} l where entity = ${entity}) l
    join unnest(${limits.map(({ dataset }) => dataset)}::text[], ${limits.map(({ part }) => part)}::smallint[],
      ${limits.map(({ most }) => most)}::int[]) as m (dataset, part, most) using (dataset, part)
    where place <= greatest(most, 1) order by dataset, row, part`.execute(db)
  return {
    shown: rows.filter(({ place, most }) => place <= most),
    hidden: rows
      .filter(({ place, most, of }) => place === 1 && of > most)
      .map(({ dataset, part, most, of }) => ({ dataset, part, shown: most, of })),
  }
}

/** Whether a part of a row is about an entity, as it is known now. */
export async function isAbout(db: Db, { id, kind }: KnownEntity, { dataset, row, part }: Ref): Promise<boolean> {
  const { rows } = await sql`select 1 from one_file.record
    where dataset = ${dataset} and row = ${row} and part = ${part} and entity = ${id} and kind = ${kind}`.execute(db)
  return rows.length > 0
}

/** The rows behind links, each once for every part that is about the entity. */
export async function rowsOfLinks(app: App, work: Work, { shown }: Links, { known, valid }: AsOf): Promise<FileRow[]> {
  const found: FileRow[] = []
  for (const [dataset, list] of Map.groupBy(shown, (link) => link.dataset)) {
    const extract = app.use(datasetExtracts).get(dataset)
    const ids = [...new Set(list.map(({ row }) => row))]
    const rows = await app.use(unsealedRows).rows(work, SHOWING, dataset, ids, known)
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const link of list) {
      const row = byId.get(link.row)
      const part = readingOf(dataset)?.parts[link.part]
      const from = row && textOf(row.value, FROM[dataset])
      if (row && part && !(valid && from && from > valid))
        found.push({ dataset: extract.dataset, part, number: link.part, row, from })
    }
  }
  return found
}

export const recordViews = (app: App, { shown }: Links): FileRecord[] =>
  shown.flatMap(({ dataset, row, part, from, to }) => {
    const role = readingOf(dataset)?.parts[part]?.role
    return role
      ? [
          {
            ref: refText({ dataset, row, part }),
            dataset,
            datasetTitle: app.use(datasetExtracts).get(dataset).dataset.title,
            role,
            knownFrom: from.toISOString(),
            knownTo: to?.toISOString() ?? null,
          },
        ]
      : []
  })

/** Of which sources, in which roles, a file has more records than it shows. */
export const notShown = (app: App, { hidden }: Links): NotShown[] =>
  hidden.flatMap(({ dataset, part, shown, of }) => {
    const role = readingOf(dataset)?.parts[part]?.role
    const datasetTitle = app.use(datasetExtracts).get(dataset).dataset.title
    return role ? [{ dataset, datasetTitle, role, shown, of }] : []
  })

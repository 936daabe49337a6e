import { sql } from 'kysely'
import { type DatasetExtract, datasetExtracts, type Row, unsealedRows } from '#platform/registry'
import { type App, type Db, NotFound, type Work } from '#runtime'
import { FROM } from '../../declarations/fields.ts'
import { type Part, readingOf, SHOWING } from '../../declarations/readings.ts'
import type { FileRecord } from '../../types.ts'
import type { EntityKind } from '../run/gathered.ts'
import { textOf } from '../run/read-part.ts'

type Values = Readonly<Record<string, unknown>>

/** As when a file is shown: what we knew at an instant, and what was true on a day. */
export interface AsOf {
  readonly known?: Date | undefined
  /** `2024-05-01` */
  readonly valid?: string | undefined
}

/** A row of a source with the part that is about the entity. */
export interface FileRow {
  readonly dataset: DatasetExtract['dataset']
  readonly part: Part
  readonly number: number
  readonly row: Row<Values>
  readonly from: string | undefined
}

interface StoredLink {
  readonly dataset: string
  readonly row: number
  readonly part: number
  readonly from: Date
  readonly to: Date | null
}

/** Most rows of one file; whoever has more is no person but a mistake of the matching. */
const MOST = 2000

export interface Entity {
  readonly id: number
  readonly mergedInto: number | null
}

/** @throws NotFound */
export async function getEntity(db: Db, kind: EntityKind, id: string): Promise<Entity> {
  const { rows } = /^\d{1,12}$/.test(id)
    ? await sql<Entity>`select id, merged_into as "mergedInto" from one_file.entity
        where id = ${id} and kind = ${kind}`.execute(db)
    : { rows: [] }
  const [entity] = rows
  if (!entity) throw new NotFound()
  return entity
}

/** Links of an entity, as they are or as they were known. */
export async function linksOf(db: Db, entity: number, known?: Date): Promise<readonly StoredLink[]> {
  const now = sql`select dataset, row, part, known_from as "from", null::timestamptz as "to" from one_file.record where entity = ${entity}`
  const past = sql`select dataset, row, part, known_from as "from", known_to as "to" from one_file.past_record where entity = ${entity}`
  const { rows } = known
    ? await sql<StoredLink>`select * from (${now} union all ${past}) l
        where l."from" <= ${known} and (l."to" is null or l."to" > ${known}) order by dataset, row limit ${MOST}`.execute(
        db,
      )
    : await sql<StoredLink>`${now} order by dataset, row limit ${MOST}`.execute(db)
  return rows
}

/** The rows behind links, each once for every part that is about the entity. */
export async function rowsOfLinks(
  app: App,
  work: Work,
  links: readonly StoredLink[],
  { known, valid }: AsOf,
): Promise<FileRow[]> {
  const found: FileRow[] = []
  for (const [dataset, list] of Map.groupBy(links, (link) => link.dataset)) {
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

export const recordViews = (app: App, links: readonly StoredLink[]): FileRecord[] =>
  links.flatMap(({ dataset, row, part, from, to }) => {
    const role = readingOf(dataset)?.parts[part]?.role
    return role
      ? [
          {
            ref: `${dataset}/${row}/${part}`,
            dataset,
            datasetTitle: app.use(datasetExtracts).get(dataset).dataset.title,
            role,
            knownFrom: from.toISOString(),
            knownTo: to?.toISOString() ?? null,
          },
        ]
      : []
  })

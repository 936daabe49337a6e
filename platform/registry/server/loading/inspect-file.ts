import type { Work } from '#runtime'
import { slotsOf } from '../cells/plan.ts'
import { cellReader } from '../cells/read-cell.ts'
import type { KeptFile } from '../file-store.ts'
import { detectApart } from '../reading/detect-apart.ts'
import { guessColumns } from '../reading/guess-columns.ts'
import type { RawRow, Reading } from '../reading/reading.ts'
import { storageOf } from '../storage.ts'
import { registryTables } from '../tables.ts'
import type { CellReason } from './prepare-chunk.ts'
import type { LoadParts } from './run-load.ts'
import { headerKey } from './start-load.ts'

export interface Inspection {
  readonly file: string
  readonly size: number
  readonly reading: Reading
  readonly sample: readonly RawRow[]
  /** Guessed or remembered slot of each column. */
  readonly columns: readonly (string | null)[]
  readonly remembered: boolean
  /** Latest import of the same bytes into the same dataset. */
  readonly earlier: number | null
}

/** Notes an uploaded file and finds out how it can be read and which column is which field. */
export async function inspectFile(
  work: Work,
  parts: Pick<LoadParts, 'catalogue' | 'files'>,
  datasetId: string,
  { name, sm3, size }: KeptFile,
): Promise<Inspection> {
  const storage = storageOf(parts.catalogue.get(datasetId))
  const slots = storage ? slotsOf(storage, (list) => parts.catalogue.codes(list)) : []
  const db = registryTables(work.tx)
  const organisation = work.actor.organisation ?? ''
  await db
    .insertInto('registry.file')
    .values({ sm3, name, size, by: work.actor.id, organisation, at: work.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { reading, sample } = await detectApart(parts.files.pathOf(sm3), slots)
  const mapping = await db
    .selectFrom('registry.mapping')
    .select('columns')
    .where('dataset', '=', datasetId)
    .where('organisation', '=', organisation)
    .where('header', '=', headerKey(reading.header))
    .executeTakeFirst()
  const earlier = await db
    .selectFrom('registry.load')
    .select('id')
    .where('file', '=', sm3)
    .where('dataset', '=', datasetId)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  const columns = mapping
    ? reading.header.map((title) => mapping.columns[title] ?? null)
    : guessColumns(reading.header, slots)
  return { file: sm3, size, reading, sample, columns, remembered: mapping !== undefined, earlier: earlier?.id ?? null }
}

/** What would be wrong with the first rows under a mapping, before anything is stored. */
export function tryRows(
  parts: Pick<LoadParts, 'catalogue'>,
  datasetId: string,
  columns: readonly (string | null)[],
  rows: readonly (readonly string[])[],
): readonly (readonly CellReason[])[] {
  const storage = storageOf(parts.catalogue.get(datasetId))
  const slots = storage ? slotsOf(storage, (list) => parts.catalogue.codes(list)) : []
  const readers = columns.map((id) => slots.find((slot) => slot.id === id)).map((slot) => slot && cellReader(slot))
  return rows.map((cells) =>
    readers.flatMap((read, column) => {
      const value = read?.(cells[column] ?? '')
      return value && typeof value === 'object' ? [{ field: columns[column] ?? null, column, message: value }] : []
    }),
  )
}

import type { Actor, Work } from '#runtime'
import { slotsOf } from '../cells/plan.ts'
import { cellReader } from '../cells/read-cell.ts'
import type { KeptFile } from '../file-store.ts'
import { detectApart } from '../reading/detect-apart.ts'
import type { RawRow, Reading } from '../reading/reading.ts'
import { assignColumns, type Suggestion } from '../reading/suggest-columns.ts'
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
  /** Slot of each column: remembered, or of the same name; one that is only suggested is for a person to accept. */
  readonly columns: readonly (string | null)[]
  /** For each column that nothing names, the best suggestion with its reasons. */
  readonly suggested: readonly (Suggestion | null)[]
  readonly remembered: boolean
  /** Latest import of the same bytes into the same dataset. */
  readonly earlier: number | null
}

/** Notes a kept file and finds out how it can be read, unless that is known, and which column is which field. */
export async function inspectFile(
  work: Work,
  parts: Pick<LoadParts, 'catalogue' | 'files'>,
  datasetId: string,
  { name, sm3, size }: KeptFile,
  known?: Reading,
): Promise<Inspection> {
  const storage = storageOf(parts.catalogue.get(datasetId))
  const slots = storage ? slotsOf(storage, (list) => parts.catalogue.codes(list)) : []
  const db = registryTables(work.tx)
  const organisation = work.actor.organisation ?? ''
  await noteFile(work, { name, sm3, size }, work.actor)
  const { reading, sample } = known ? { reading: known, sample: [] } : await detectApart(parts.files.pathOf(sm3), slots)
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
  const assigned = mapping
    ? reading.header.map((title) => sure(slots.find(({ id }) => id === mapping.columns[title])?.id))
    : assignColumns(
        reading.header.map((title, at) => ({ title, values: sample.map(({ cells }) => cells[at] ?? '') })),
        slots,
      )
  const isSure = (each: Suggestion | null) => each?.score === 1
  return {
    file: sm3,
    size,
    reading,
    sample,
    columns: assigned.map((each) => (isSure(each) ? (each?.slot ?? null) : null)),
    suggested: assigned.map((each) => (isSure(each) ? null : each)),
    remembered: mapping !== undefined,
    earlier: earlier?.id ?? null,
  }
}

const sure = (slot: string | undefined): Suggestion | null => (slot ? { slot, score: 1, reasons: [] } : null)
/** Kept bytes are known to the database once; offered again after they were deleted, they are there again. */
export async function noteFile({ tx, at }: Work, { sm3, name, size }: KeptFile, owner: Actor): Promise<void> {
  await registryTables(tx)
    .insertInto('registry.file')
    .values({ sm3, name, size, by: owner.id, organisation: owner.organisation ?? '', at })
    .onConflict((conflict) => conflict.column('sm3').doUpdateSet({ at, gone_at: null }))
    .execute()
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

import { NotFound, type Work } from '#runtime'
import type { CorrectionCounts, CorrectionLists, RefusedRow } from '../../contract.ts'
import { slotsOf } from '../cells/plan.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { CORRECTION_CELLS } from '../loading/store-chunk.ts'
import { masked } from '../rows/mask.ts'
import { tableOf } from '../rows/registry-service.ts'
import { openColumn } from '../sealer.ts'
import { registryTables } from '../tables.ts'
import { closeDelivered } from './close-delivered.ts'

/** Rows of imports that wait for correction, as other modules see them. */
export const correctionListsOf = (parts: LoadParts): CorrectionLists => ({
  of: (work, load) => countsOf(work, load),
  waiting: (work, dataset) => waitingIn(work, dataset),
  takeBack: (work, load) => takeBack(work, load),
  closeDelivered: async (work, load) => closeDelivered(work, parts, await loadOf(work, load)),
  rows: (work, load, after, limit) => refusedRows(work, parts, load, after, limit),
})

/** @throws NotFound */
async function loadOf(work: Work, id: number) {
  const load = await registryTables(work.tx)
    .selectFrom('registry.load')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!load) throw new NotFound()
  return load
}

async function countsOf(work: Work, id: number): Promise<CorrectionCounts> {
  const { dataset, file, file_name: fileName, rows_read: rowsRead } = await loadOf(work, id)
  const found = await registryTables(work.tx)
    .selectFrom('registry.correction')
    .select(({ fn }) => ['state', fn.countAll<number>().as('n')])
    .where('dataset', '=', dataset)
    .where('file', '=', file)
    .groupBy('state')
    .execute()
  const { open = 0, corrected = 0, dropped = 0 } = Object.fromEntries(found.map(({ state, n }) => [state, Number(n)]))
  return { dataset, fileName, rowsRead, open, corrected, dropped }
}

async function waitingIn(work: Work, dataset: string): Promise<number> {
  const { n } = await registryTables(work.tx)
    .selectFrom('registry.correction')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('dataset', '=', dataset)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return Number(n)
}

async function takeBack(work: Work, id: number): Promise<void> {
  const { dataset, file } = await loadOf(work, id)
  await registryTables(work.tx)
    .updateTable('registry.correction')
    .set({ state: 'open', by: null, at: null })
    .where('dataset', '=', dataset)
    .where('file', '=', file)
    .where('state', '=', 'dropped')
    .execute()
}

async function refusedRows(
  work: Work,
  parts: LoadParts,
  id: number,
  after: number,
  limit: number,
): Promise<readonly RefusedRow[]> {
  const load = await loadOf(work, id)
  const storage = tableOf(parts.catalogue.get(load.dataset))
  const slots = slotsOf(storage, (list) => parts.catalogue.codes(list))
  const found = await registryTables(work.tx)
    .selectFrom('registry.correction')
    .select(['line', 'state', 'cells', 'reasons'])
    .where('dataset', '=', load.dataset)
    .where('file', '=', load.file)
    .where('state', 'in', ['open', 'dropped'])
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit)
    .execute()
  const cells = openColumn(
    parts.keys(),
    CORRECTION_CELLS,
    found.map((row) => row.cells),
  )
  const fieldAt = load.columns.map((slot) => slots.find((each) => each.id === slot)?.field)
  const show = (value: string, at: number): string => {
    const meta = storage.fields.find(({ name }) => name === fieldAt[at])?.meta
    const isHidden = meta ? meta.personal || meta.mask : storage.personal
    return isHidden ? String(masked(value, meta?.mask ?? 'all') ?? '') : value
  }
  return found.map(({ line, state, reasons }, row) => ({
    line,
    state: state as RefusedRow['state'],
    reasons: reasons.map(({ field, message }) => ({ field, message })),
    cells: (JSON.parse(cells[row] ?? '[]') as string[]).map((value, at) => ({
      title: load.reading.header[at] ?? String(at + 1),
      value: show(value, at),
    })),
  }))
}

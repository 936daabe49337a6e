import { sql } from 'kysely'
import { NotFound, type Work } from '#runtime'
import type { CorrectionCounts, CorrectionLists, RefusedRow } from '../../contract.ts'
import { slotsOf } from '../cells/plan.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { masked } from '../rows/mask.ts'
import { tableOf } from '../rows/registry-service.ts'
import { openColumn } from '../sealer.ts'
import { type RegistryRow, registryTables } from '../tables.ts'
import { CORRECTION_CELLS, type ListOfRows, listOf } from './refused-rows.ts'

type Load = RegistryRow<'registry.load'>

/** Rows of imports that wait for correction, as other modules see them. */
export const correctionListsOf = (parts: LoadParts): CorrectionLists => ({
  of: async (work, load) => {
    const asked = await loadOf(work, load)
    return countsOf(work, listOf(asked), asked)
  },
  all: async (work, dataset) => {
    const found = await registryTables(work.tx)
      .selectFrom('registry.correction')
      .select('deliverer')
      .distinct()
      .where('dataset', '=', dataset)
      .where('state', 'in', ['open', 'dropped'])
      .execute()
    const lists: CorrectionCounts[] = []
    for (const { deliverer } of found) lists.push(await countsOf(work, { dataset, deliverer }))
    return lists
  },
  waiting: (work, dataset) => waitingIn(work, dataset),
  takeBack: async (work, load) => decide(work, await loadOf(work, load), ['dropped'], 'open'),
  waive: async (work, load, which) => decide(work, await loadOf(work, load), which, 'waived'),
  rows: (work, load, after, limit) => refusedRows(work, parts, load, after, limit),
})

/** @throws NotFound */
async function loadOf(work: Work, id: number): Promise<Load> {
  const load = await registryTables(work.tx)
    .selectFrom('registry.load')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!load) throw new NotFound()
  return load
}

/** @param asked import that stands for the list while no row of it waits @throws NotFound when there is none then */
async function countsOf(work: Work, { dataset, deliverer }: ListOfRows, asked?: Load): Promise<CorrectionCounts> {
  const found = await registryTables(work.tx)
    .selectFrom('registry.correction')
    .select(({ fn }) => ['state', fn.countAll<number>().as('n'), fn.max<number>('load').as('load')])
    .where('dataset', '=', dataset)
    .where('deliverer', '=', deliverer)
    .where('state', 'in', ['open', 'dropped'])
    .groupBy('state')
    .execute()
  const { open = 0, dropped = 0 } = Object.fromEntries(found.map(({ state, n }) => [state, Number(n)]))
  const last = Math.max(0, ...found.map(({ load }) => Number(load)))
  const { id, file_name: fileName, rows_read: rowsRead } = last === 0 && asked ? asked : await loadOf(work, last)
  return { dataset, deliverer, load: id, fileName, rowsRead, open, dropped }
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

async function decide(
  work: Work,
  load: Load,
  which: readonly ('open' | 'dropped')[],
  state: 'open' | 'waived',
): Promise<void> {
  const { dataset, deliverer } = listOf(load)
  await registryTables(work.tx)
    .updateTable('registry.correction')
    .set(state === 'open' ? { state, by: null, at: null } : { state, by: work.actor.id, at: work.at })
    .where('dataset', '=', dataset)
    .where('deliverer', '=', deliverer)
    .where('state', 'in', [...which])
    .execute()
}

async function refusedRows(
  work: Work,
  parts: LoadParts,
  id: number,
  after: number,
  limit: number,
): Promise<readonly RefusedRow[]> {
  const { dataset, deliverer } = listOf(await loadOf(work, id))
  const found = await registryTables(work.tx)
    .selectFrom('registry.correction')
    .select(['id', 'load', 'line', 'state', 'cells', 'reasons'])
    .where('dataset', '=', dataset)
    .where('deliverer', '=', deliverer)
    .where('state', 'in', ['open', 'dropped'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  const columnsOf = await readColumns(work, parts, dataset, [...new Set(found.map(({ load }) => load))])
  const cells = openColumn(
    parts.keys(),
    CORRECTION_CELLS,
    found.map((row) => row.cells),
  )
  return found.map(({ id, load, line, state, reasons }, row) => ({
    id,
    load,
    line,
    state: state as RefusedRow['state'],
    reasons: reasons.map(({ field, message }) => ({ field, message })),
    cells: (JSON.parse(cells[row] ?? '[]') as string[]).map((value, at) => {
      const { title = String(at + 1), show = hide } = columnsOf.get(load)?.[at] ?? {}
      return { title, value: show(value) }
    }),
  }))
}

interface Column {
  readonly title: string
  readonly show: (value: string) => string
}

const hide = (value: string): string => String(masked(value, 'all') ?? '')

/** Columns of the files of some imports, each with what may be shown of its values. */
async function readColumns(work: Work, parts: LoadParts, dataset: string, loads: readonly number[]) {
  const storage = tableOf(parts.catalogue.get(dataset))
  const slots = slotsOf(storage, (list) => parts.catalogue.codes(list))
  const { rows } = await sql<Pick<Load, 'id' | 'columns' | 'reading'>>`
    select id, columns, reading from registry.load where id = any(${[...loads]})`.execute(work.tx)
  const column = (title: string, slot: string | null | undefined): Column => {
    const field = slots.find((each) => each.id === slot)?.field
    const meta = storage.fields.find(({ name }) => name === field)?.meta
    const isHidden = meta ? meta.personal || meta.mask : storage.personal
    return { title, show: (value) => (isHidden ? String(masked(value, meta?.mask ?? 'all') ?? '') : value) }
  }
  return new Map(
    rows.map(({ id, columns, reading }) => [id, reading.header.map((title, at) => column(title, columns[at]))]),
  )
}

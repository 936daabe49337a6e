import { NotFound, type Work } from '#runtime'
import { slotsOf } from '../cells/plan.ts'
import { type CellReason, ChunkPreparer, stagedColumns } from '../loading/prepare-chunk.ts'
import { keySlots, type LoadParts } from '../loading/run-load.ts'
import { blockOf } from '../reading/row-block.ts'
import { tableOf } from '../rows/registry-service.ts'
import { tellRowsChanged } from '../rows/rows-changed.ts'
import { merge } from '../store/merge.ts'
import { brokenRules, columnTypes, STAGED, stageRows } from '../store/stage.ts'
import { registryTables } from '../tables.ts'

interface LoadOfRow {
  readonly id: number
  readonly dataset: string
  readonly file: string
  readonly columns: readonly (string | null)[]
}

/** Checks a corrected row and stores it with its line; the reasons if something is still wrong, and nothing is stored. */
export async function correctRow(
  work: Work,
  parts: LoadParts,
  load: LoadOfRow,
  id: number,
  cells: readonly string[],
): Promise<readonly CellReason[]> {
  const line = await closeCorrection(work, load, id, 'corrected')
  const storage = tableOf(parts.catalogue.get(load.dataset))
  const slots = slotsOf(storage, (list) => parts.catalogue.codes(list))
  const preparation = {
    slots,
    columns: load.columns,
    types: await columnTypes(work.tx, storage),
    key: keySlots(storage.dataset.key, slots),
    keys: parts.keys(),
    origin: { since: work.at.toISOString(), by: work.actor.id, load: load.id },
  }
  const { rows, refused } = new ChunkPreparer(preparation).prepare(blockOf([{ line, cells }]))
  const columns = stagedColumns(preparation)
  let reasons = refused.flatMap((refusal) => refusal.reasons)
  const good = rows.ends.length
  if (good > 0) {
    await stageRows(work.tx, parts.copyIn, storage, columns, rows)
    const broken = await brokenRules(work.tx, storage, columns)
    reasons = broken.get(line) ?? []
  }
  if (reasons.length > 0) {
    await reopen(work, id)
    return reasons
  }
  const origin = { at: work.at, by: work.actor.id, load: load.id }
  const written = await merge(work.tx, storage, STAGED, columns, good, origin)
  tellRowsChanged(work, load.dataset, written)
  return []
}

/** @returns the line of the row @throws NotFound if it is not open any more */
export async function closeCorrection(
  work: Work,
  load: Pick<LoadOfRow, 'dataset' | 'file'>,
  id: number,
  state: 'corrected' | 'dropped',
): Promise<number> {
  const closed = await registryTables(work.tx)
    .updateTable('registry.correction')
    .set({ state, by: work.actor.id, at: work.at })
    .where('id', '=', id)
    .where('dataset', '=', load.dataset)
    .where('file', '=', load.file)
    .where('state', '=', 'open')
    .returning('line')
    .executeTakeFirst()
  if (!closed) throw new NotFound()
  return closed.line
}

async function reopen(work: Work, id: number): Promise<void> {
  await registryTables(work.tx)
    .updateTable('registry.correction')
    .set({ state: 'open', by: null, at: null })
    .where('id', '=', id)
    .execute()
}

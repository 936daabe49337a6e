import type { Db } from '#runtime'
import { type FieldKeys, openColumn } from '../sealer.ts'
import { type RegistryRow, registryTables } from '../tables.ts'
import { CORRECTION_CELLS, listOf } from './refused-rows.ts'

/** Open rows to correct of the file of an import, in the order of the file; of one that came again they are those of either import. */
export async function listCorrections(
  db: Db,
  keys: FieldKeys,
  load: Pick<RegistryRow<'registry.load'>, 'dataset' | 'file' | 'by' | 'organisation'>,
  { after = 0, limit = 50 }: { readonly after?: number; readonly limit?: number },
) {
  const found = await registryTables(db)
    .selectFrom('registry.correction')
    .select(['id', 'line', 'cells', 'reasons'])
    .where('dataset', '=', load.dataset)
    .where('file', '=', load.file)
    .where('deliverer', '=', listOf(load).deliverer)
    .where('state', '=', 'open')
    .where('line', '>', after)
    .orderBy('line')
    .limit(limit + 1)
    .execute()
  const shown = found.slice(0, limit)
  const cells = openColumn(
    keys,
    CORRECTION_CELLS,
    shown.map((row) => row.cells),
  )
  return {
    rows: shown.map(({ id, line, reasons }, at) => ({
      id,
      line,
      reasons,
      cells: JSON.parse(cells[at] ?? '[]') as string[],
    })),
    next: found.length > limit ? (shown.at(-1)?.line ?? null) : null,
  }
}

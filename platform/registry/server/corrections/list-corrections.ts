import type { Db } from '#runtime'
import { CORRECTION_CELLS } from '../loading/store-chunk.ts'
import { type FieldKeys, openColumn } from '../sealer.ts'
import { registryTables } from '../tables.ts'

/** Open rows to correct of the file of an import, in the order of the file. */
export async function listCorrections(
  db: Db,
  keys: FieldKeys,
  load: { readonly dataset: string; readonly file: string },
  { after = 0, limit = 50 }: { readonly after?: number; readonly limit?: number },
) {
  const found = await registryTables(db)
    .selectFrom('registry.correction')
    .select(['id', 'line', 'cells', 'reasons'])
    .where('dataset', '=', load.dataset)
    .where('file', '=', load.file)
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

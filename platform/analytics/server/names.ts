import { datasetExtracts } from '#platform/registry'
import { type App, Conflict, InvalidInput, words } from '#runtime'
import type { Manifest, TableFolders } from './snapshots/manifest.ts'
import { tableName } from './snapshots/refresh.ts'

export const THREADS = 2
export const LEAST_BYTES = 64 * 2 ** 20

const TABLE = /^[a-z][a-z0-9_]{0,62}$/

export async function getManifest(folders: TableFolders, table: string): Promise<Manifest> {
  const manifest = TABLE.test(table) ? await folders.find(table) : undefined
  if (manifest) return manifest
  throw new InvalidInput(
    'no-snapshot',
    words(`没有分析表“${table}”，请先生成快照`, `There is no table "${table}"; take its snapshot first`),
  )
}

/** @throws Conflict when a kept answer cannot have this name */
export function checkFree(app: App, table: string): void {
  const isDataset = app
    .use(datasetExtracts)
    .all()
    .some(({ dataset }) => tableName(dataset.id) === table)
  if (!TABLE.test(table) || isDataset)
    throw new Conflict(
      'table-taken',
      words(`不能以“${table}”为名保存结果`, `An answer cannot be kept under the name "${table}"`),
    )
}

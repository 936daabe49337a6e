import { randomUUID } from 'node:crypto'
import { datasetExtracts } from '#platform/registry'
import { type App, Conflict, Defect, InvalidInput, words } from '#runtime'
import type { Analytics, Batch, Question } from '../contract.ts'
import { literal, name, type Task } from './engine/protocol.ts'
import { runTask } from './engine/run-task.ts'
import type { Manifest, TableFolders } from './snapshots/manifest.ts'
import { parquet } from './snapshots/parquet.ts'
import { refresh, tableName } from './snapshots/refresh.ts'

const THREADS = 2
const LEAST_BYTES = 64 * 2 ** 20

export function analyticsService(app: App, folders: TableFolders): Analytics {
  return {
    refresh: (dataset, progress, signal) => refresh(app, folders, dataset, { progress, signal }),
    tables: async () => Promise.all((await folders.all()).map((manifest) => folders.snapshotOf(manifest))),
    ask: (question) => ask(folders, question),
    keep: (table, question) => keep(app, folders, table, question),
    parquet: (table, signal) => parquet(app.config.dataDir, table, signal),
  }
}

async function* ask(folders: TableFolders, question: Question): AsyncGenerator<Batch> {
  yield* runTask(await taskOf(folders, question), { ...question, seconds: question.limits.seconds })
}

async function taskOf(folders: TableFolders, { sql, values = [], tables, limits }: Question): Promise<Task> {
  const manifests = await Promise.all(tables.map((table) => getManifest(folders, table)))
  return {
    prepare: manifests.map((each) => `create view ${name(each.table)} as ${folders.rowsSql(each)}`),
    files: manifests.flatMap((each) => folders.files(each)),
    sql,
    values,
    rows: limits.rows,
    bytes: Math.max(limits.bytes, LEAST_BYTES),
    threads: THREADS,
  }
}

const TABLE = /^[a-z][a-z0-9_]{0,62}$/

async function getManifest(folders: TableFolders, table: string): Promise<Manifest> {
  const manifest = TABLE.test(table) ? await folders.find(table) : undefined
  if (manifest) return manifest
  throw new InvalidInput(
    'no-snapshot',
    words(`没有分析表“${table}”，请先生成快照`, `There is no table "${table}"; take its snapshot first`),
  )
}

async function keep(app: App, folders: TableFolders, table: string, question: Question) {
  const isDataset = app
    .use(datasetExtracts)
    .all()
    .some(({ dataset }) => tableName(dataset.id) === table)
  if (!TABLE.test(table) || isDataset)
    throw new Conflict(
      'table-taken',
      words(`不能以“${table}”为名保存结果`, `An answer cannot be kept under the name "${table}"`),
    )
  await folders.make(table)
  const base = `base-${randomUUID()}.parquet`
  const into = folders.path(table, base)
  const task = await taskOf(folders, question)
  const at = app.now().toISOString()
  const run = { ...question, seconds: question.limits.seconds }
  for await (const batch of runTask({ ...task, into }, run))
    throw new Defect(`A stored answer came back: ${batch.rows.length}`)
  const { rows, columns } = await described(into, run)
  const from = await Promise.all(question.tables.map((each) => getManifest(folders, each)))
  const sources = [...new Set(from.flatMap((each) => each.sources))]
  const next = { table, sources, rows, at, columns, base, baseRows: rows }
  return folders.snapshotOf(await folders.exchange(next, await folders.find(table)))
}

/** Columns and number of rows of a stored answer. */
async function described(file: string, run: { readonly seconds: number; readonly signal?: AbortSignal }) {
  const from = `from read_parquet(${literal(file)})`
  const task: Omit<Task, 'prepare'> = { files: [], values: [], rows: 0, bytes: LEAST_BYTES, threads: 1 }
  let columns: Batch['columns'] = []
  for await (const batch of runTask({ ...task, prepare: [`select * ${from} limit 0`] }, run)) columns = batch.columns
  let rows = 0
  for await (const batch of runTask({ ...task, rows: 1, prepare: [`select count(*) ${from}`] }, run))
    rows = Number(batch.rows[0]?.[0])
  return { rows, columns }
}

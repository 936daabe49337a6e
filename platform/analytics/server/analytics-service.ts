import { randomUUID } from 'node:crypto'
import { type App, Defect } from '#runtime'
import type { Analytics, Batch, Question } from '../contract.ts'
import { compute } from './compute.ts'
import { literal, name, type Task } from './engine/protocol.ts'
import { runTask } from './engine/run-task.ts'
import { checkFree, getManifest, LEAST_BYTES, THREADS } from './names.ts'
import type { TableFolders } from './snapshots/manifest.ts'
import { parquet } from './snapshots/parquet.ts'
import { refresh } from './snapshots/refresh.ts'

export function analyticsService(app: App, folders: TableFolders): Analytics {
  const sorted = new Map<string, string>()
  return {
    refresh: (dataset, progress, signal) =>
      refresh(app, folders, dataset, { sorted: sorted.get(dataset), progress, signal }),
    sortBy: (dataset, column) => {
      if (!sorted.has(dataset)) sorted.set(dataset, column)
    },
    tables: async () => Promise.all((await folders.all()).map((manifest) => folders.snapshotOf(manifest))),
    ask: (question) => ask(folders, question),
    keep: (table, question) => keep(app, folders, table, question),
    parquet: (table, signal) => parquet(app.config.dataDir, table, signal),
    compute: (computation) => compute(app, folders, computation),
    drop: async (table) => {
      checkFree(app, table)
      await folders.remove(table)
    },
  }
}

async function* ask(folders: TableFolders, question: Question): AsyncGenerator<Batch> {
  yield* runTask(await taskOf(folders, question), { ...question, seconds: question.limits.seconds })
}

async function taskOf(folders: TableFolders, { sql, values = [], tables, limits, planned }: Question): Promise<Task> {
  const manifests = await Promise.all(tables.map((table) => getManifest(folders, table)))
  return {
    prepare: manifests.map((each) => `create view ${name(each.table)} as ${folders.rowsSql(each)}`),
    files: manifests.flatMap((each) => folders.files(each)),
    sql,
    values,
    tellsPlan: planned !== undefined,
    rows: limits.rows,
    bytes: Math.max(limits.bytes, LEAST_BYTES),
    threads: THREADS,
  }
}

async function keep(app: App, folders: TableFolders, table: string, question: Question) {
  checkFree(app, table)
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

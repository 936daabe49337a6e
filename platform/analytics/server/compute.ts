import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { App, Words } from '#runtime'
import type { Computation, Computed, Snapshot, Value } from '../contract.ts'
import { problemOf } from './engine/problem.ts'
import { name, type Report, type Task } from './engine/protocol.ts'
import { runReports } from './engine/run-task.ts'
import { checkFree, getManifest, LEAST_BYTES, THREADS } from './names.ts'
import type { Manifest, TableFolders } from './snapshots/manifest.ts'

/** Folder of what computations write for other programs and set aside on disk; no table has this name. */
const ASIDE = '.computing'

type Stored = Extract<Report, { kind: 'stored' }>

/** Answers the steps of a computation in one engine, then exchanges the tables that are to be kept. */
export async function compute(app: App, folders: TableFolders, computation: Computation): Promise<Computed> {
  const { keep, text, limits, signal, progress } = computation
  for (const table of Object.keys(keep)) checkFree(app, table)
  const seen = await Promise.all(computation.tables.map((table) => getManifest(folders, table)))
  const files = new Map(Object.keys(keep).map((table) => [table, `base-${randomUUID()}.parquet`]))
  await Promise.all([ASIDE, ...files.keys()].map((table) => folders.make(table)))
  const csv = folders.path(ASIDE, `${randomUUID()}.csv`)
  const stored = new Map<string, Stored>()
  const answers = new Map<string, readonly (readonly Value[])[]>()
  const failed = new Map<string, Words>()
  const at = app.now().toISOString()
  let written = 0
  const stores = [...files].map(([table, file]) => ({ step: keep[table] ?? '', file: folders.path(table, file) }))
  const task = { ...taskOf(folders, computation, seen), stores, ...(text ? { text: { sql: text, file: csv } } : {}) }
  const run = { seconds: limits.seconds, ...(signal ? { signal } : {}), ...(progress ? { progress } : {}) }
  for await (const report of runReports(task, run)) {
    if (report.kind === 'stored') stored.set(report.step, report)
    if (report.kind === 'written') written = report.rows
    if (report.kind === 'answered') answers.set(report.step, report.rows)
    if (report.kind === 'step-failed') failed.set(report.step, problemOf(report.text).words)
  }
  const sources = [...new Set(seen.flatMap((each) => each.sources))]
  const kept: Snapshot[] = []
  for (const [table, base] of files) {
    const { rows = 0, columns = [] } = stored.get(keep[table] ?? '') ?? {}
    const next = { table, isInner: true, sources, rows, at, columns, base, baseRows: rows } as const
    kept.push(await folders.snapshotOf(await folders.exchange(next, await folders.find(table))))
  }
  if (text === undefined) return { kept, answers, failed }
  return {
    kept,
    answers,
    failed,
    text: { rows: written, open: () => createReadStream(csv), remove: () => rm(csv, { force: true }) },
  }
}

function taskOf(folders: TableFolders, { steps, answer, limits }: Computation, seen: readonly Manifest[]): Task {
  return {
    prepare: seen.flatMap((each) => [
      `create view ${name(each.table)} as ${folders.rowsSql(each)}`,
      ...(each.dataset
        ? [
            `create view ${name(`${each.table}_base`)} as ${folders.baseSql(each)}`,
            `create view ${name(`${each.table}_changed`)} as ${folders.changedSql(each)}`,
          ]
        : []),
    ]),
    files: seen.flatMap((each) => folders.files(each)),
    values: [],
    rows: 0,
    bytes: Math.max(limits.bytes, LEAST_BYTES),
    threads: THREADS,
    spill: folders.path(ASIDE, `spill-${randomUUID()}`),
    steps,
    answers: answer,
  }
}

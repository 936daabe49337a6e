import { randomUUID } from 'node:crypto'
import type { Value } from '../../contract.ts'
import { runTask } from '../engine/run-task.ts'
import type { TableFolders } from './manifest.ts'

const BYTES = 2 ** 30
const THREADS = 2
const SECONDS = 3600

/** Runs the program's own statements over files of a table; answers the first row of the last one. */
export async function script(
  folders: TableFolders,
  table: string,
  statements: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Value[]> {
  const spill = folders.path(table, `spill-${randomUUID()}`)
  const task = { prepare: statements, files: [], values: [], rows: 1, bytes: BYTES, threads: THREADS, spill }
  let first: readonly Value[] = []
  for await (const { rows } of runTask(task, { seconds: SECONDS, ...(signal ? { signal } : {}) }))
    first = rows[0] ?? first
  return first
}

import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { RowTable } from '../../contract.ts'
import { runTask } from '../engine/run-task.ts'
import { ENGINE_TYPES, readCsv } from './copy-out.ts'
import { storeSql } from './parts.ts'

const SECONDS = 3600
const BYTES = 2 ** 30
const THREADS = 2

/** Rows by way of separated text into a file that only its reader keeps. */
export async function parquet(dataDir: string, { columns, rows }: RowTable, signal?: AbortSignal): Promise<Readable> {
  const folder = join(dataDir, 'analytics', `out-${randomUUID()}`)
  await mkdir(folder, { recursive: true })
  const remove = () => rm(folder, { recursive: true, force: true })
  const [text, file] = [join(folder, 'rows.csv'), join(folder, 'rows.parquet')]
  try {
    await pipeline(
      Readable.from(lines(rows), { objectMode: false }),
      createWriteStream(text),
      ...(signal ? [{ signal }] : []),
    )
    const typed = columns.map(({ name, type }) => ({ name, type: ENGINE_TYPES[type] }))
    const task = {
      prepare: [storeSql(`select * from ${readCsv(text, typed)}`, file)],
      ...{ files: [], values: [], rows: 0, bytes: BYTES, threads: THREADS, spill: join(folder, 'spill') },
    }
    for await (const _ of runTask(task, { seconds: SECONDS, ...(signal ? { signal } : {}) }));
    return createReadStream(file).once('close', () => void remove())
  } catch (error) {
    await remove()
    throw error
  }
}

/** Text is always quoted, so that only a bare empty cell is a missing one. */
async function* lines(rows: RowTable['rows']): AsyncGenerator<string> {
  for await (const row of rows)
    yield `${row.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')}\n`
}

import { open } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { readRows } from '../reading/read-rows.ts'
import type { Reading } from '../reading/reading.ts'
import { ColumnProfiler } from './column-profiler.ts'

/** What is to be looked at. */
export interface ProfileTask {
  readonly file: string
  readonly reading: Reading
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

async function endsWithLine(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1)
    return buffer[0] === 10
  } finally {
    await handle.close()
  }
}

if (parentPort) {
  const { file, reading } = workerData as ProfileTask
  const columns = reading.header.map((name) => new ColumnProfiler(name))
  let rows = 0
  let isLastNarrow = false
  for await (const some of readRows(file, reading))
    for (const row of some.rows) {
      if (row.line <= reading.headerLine) continue
      const { cells } = row
      if (isBlank(cells)) continue
      rows++
      isLastNarrow = cells.length < columns.length
      for (let at = 0; at < columns.length; at++) columns[at]?.add(cells[at] ?? '')
    }
  // Rows of a sheet end with their last cell; a text file that was cut off ends in a narrow row without a line's end.
  const isCut = reading.format === 'csv' && isLastNarrow && !(await endsWithLine(file))
  parentPort.postMessage({ rows, columns: columns.map(({ profile }) => profile), isCut })
}

import { open } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { CellHash } from '../../profile.ts'
import { readChunks } from '../reading/read-rows.ts'
import type { Reading } from '../reading/reading.ts'
import { CELL_HASHES } from './cell-hash.ts'
import { ColumnProfiler } from './column-profiler.ts'

/** What is to be looked at. */
export interface ProfileTask {
  readonly file: string
  readonly reading: Reading
  readonly hash: CellHash
}

/** Rows and bytes looked at at a time; nothing was interrupted. */
const CUTS = { rows: 10_000, bytes: 8 << 20, at: 0 } as const

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
  const { file, reading, hash } = workerData as ProfileTask
  const columns = reading.header.map((name) => new ColumnProfiler(name, CELL_HASHES[hash]))
  let rows = 0
  let isLastNarrow = false
  for await (const chunk of readChunks(file, reading, CUTS)) {
    const block = chunk.block()
    for (let row = 0; row < block.rows; row++) {
      const { cells } = block.row(row)
      if (isBlank(cells)) continue
      rows++
      isLastNarrow = cells.length < columns.length
      for (let at = 0; at < columns.length; at++) columns[at]?.add(cells[at] ?? '')
    }
  }
  // Rows of a sheet end with their last cell; a text file that was cut off ends in a narrow row without a line's end.
  const isCut = reading.format === 'csv' && isLastNarrow && !(await endsWithLine(file))
  parentPort.postMessage({ rows, columns: columns.map(({ profile }) => profile), isCut })
}

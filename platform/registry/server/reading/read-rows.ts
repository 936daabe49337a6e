import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import type { Cuts, FileChunk, RawRow, RawRows, Reading } from './reading.ts'
import { blockOf } from './row-block.ts'

/** The rows below the header of a file of any format, in chunks. */
export async function* readChunks(file: string, reading: Reading, cuts: Cuts): AsyncGenerator<FileChunk> {
  if (reading.format === 'csv') yield* readCsv(file, reading, cuts)
  else if (reading.format === 'json') yield* chunksOf(readJson(file, reading), reading, cuts)
  else {
    // The reader of workbooks takes half a second to load.
    const { readXlsx } = await import('./read-xlsx.ts')
    yield* chunksOf(readXlsx(file), reading, cuts)
  }
}

async function* chunksOf(
  handfuls: AsyncIterable<RawRows>,
  { headerLine }: Reading,
  cuts: Cuts,
): AsyncGenerator<FileChunk> {
  let rows: RawRow[] = []
  let size = 0
  let from = 0
  let bytes = 0
  const cut = (): FileChunk => {
    const whole = rows
    const chunk = { from, to: from + whole.length, bytes, block: () => blockOf(whole) }
    from = chunk.to
    rows = []
    size = 0
    return chunk
  }
  for await (const handful of handfuls) {
    bytes = handful.bytes
    for (const row of handful.rows) {
      if (row.line <= headerLine) continue
      rows.push(row)
      for (const cell of row.cells) size += cell.length
      if (rows.length >= cuts.rows || size >= cuts.bytes || from + rows.length === cuts.at) yield cut()
    }
  }
  if (rows.length > 0) yield cut()
}

import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import type { RawRows, Reading } from './reading.ts'

/** Rows of a file of any format, the header and what stands before it included. */
export async function* readRows(file: string, reading: Reading): AsyncGenerator<RawRows> {
  if (reading.format === 'json') yield* readJson(file, reading)
  else if (reading.format === 'csv') yield* readCsv(file, reading)
  else {
    // The reader of workbooks takes half a second to load.
    const { readXlsx } = await import('./read-xlsx.ts')
    yield* readXlsx(file)
  }
}

import type { Slot } from '../cells/plan.ts'
import { encodingOf, firstBytes, SAMPLE } from './encoding.ts'
import { guessColumns } from './guess-columns.ts'
import { cellsOf } from './read-csv.ts'
import { readObjects } from './read-json.ts'
import { readChunks } from './read-rows.ts'
import type { RawRow, Reading } from './reading.ts'

/** Titles of a whole table, notes and empty rows that may stand above the column titles. */
const ROWS_BEFORE_HEADER = 15
const SAMPLE_ROWS = 20
/** Objects need not all have the same names, so of a JSON file all are looked through, up to so many bytes. */
const JSON_BYTES = 512 * 2 ** 20

export interface Detected {
  readonly reading: Reading
  /** First rows below the header. */
  readonly sample: readonly RawRow[]
}

/** Finds format, encoding, separator and header row of a file; `slots` help to recognise the header. */
export async function detect(file: string, slots: readonly Slot[]): Promise<Detected> {
  const start = await firstBytes(file)
  const encoding = encodingOf(start)
  const format = formatOf(start, encoding)
  if (format === 'json') return detectJson(file, encoding)
  const separator = format === 'csv' ? separatorOf(new TextDecoder(encoding).decode(start)) : ','
  const rows = await firstRows(file, { format, encoding, separator, headerLine: 0, header: [] })
  const at = headerAt(rows, slots)
  const header = (rows[at]?.cells ?? []).map((cell) => cell.trim())
  const headerLine = rows[at]?.line ?? 0
  return {
    reading: { format, encoding, separator, headerLine, header },
    // Rows split their cells when asked; what is told to another thread has to be split before.
    sample: rows.slice(at + 1, at + 1 + SAMPLE_ROWS).map(({ line, cells }) => ({ line, cells })),
  }
}

async function firstRows(file: string, reading: Reading): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const chunk of readChunks(file, reading, { rows: 1, bytes: SAMPLE, at: 0 })) {
    rows.push(chunk.block().row(0))
    if (rows.length >= ROWS_BEFORE_HEADER + SAMPLE_ROWS) break
  }
  return rows
}

function formatOf(start: Buffer, encoding: Reading['encoding']): Reading['format'] {
  if (start.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return 'xlsx'
  const first = /[^\s\ufeff]/.exec(new TextDecoder(encoding).decode(start.subarray(0, 400)))?.[0]
  return first === '{' || first === '[' ? 'json' : 'csv'
}

function separatorOf(text: string): Reading['separator'] {
  const lines = text.split('\n', ROWS_BEFORE_HEADER).map((line) => line.trimEnd())
  const count = (separator: string) => Math.max(...lines.map((line) => cellsOf(line, separator).length))
  const all = [',', '\t', ';', '|'] as const
  return all.reduce((best, next) => (count(next) > count(best) ? next : best))
}

/** The row that names most fields; if none names any, the first of the widest. */
function headerAt(rows: readonly RawRow[], slots: readonly Slot[]): number {
  const candidates = rows.slice(0, ROWS_BEFORE_HEADER)
  const known = candidates.map(({ cells }) => guessColumns(cells, slots).filter((slot) => slot !== null).length)
  const most = Math.max(0, ...known)
  if (most > 0) return known.indexOf(most)
  const filled = candidates.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length)
  return Math.max(0, filled.indexOf(Math.max(0, ...filled)))
}

async function detectJson(file: string, encoding: Reading['encoding']): Promise<Detected> {
  const first: Readonly<Record<string, unknown>>[] = []
  const names = new Set<string>()
  for await (const { objects, bytes } of readObjects(file, encoding)) {
    first.push(...objects.slice(0, SAMPLE_ROWS - first.length))
    for (const object of objects) for (const name of Object.keys(object)) names.add(name)
    if (bytes >= JSON_BYTES) break
  }
  const header = [...names]
  const sample = first.map((object, index) => ({
    line: index + 1,
    cells: header.map((name) => String(object[name] ?? '')),
  }))
  return { reading: { format: 'json', encoding, separator: ',', headerLine: 0, header }, sample }
}

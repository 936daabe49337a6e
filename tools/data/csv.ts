import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parse } from 'csv-parse/sync'

export type Row = Record<string, string>

/** Reads a comma-separated file with a header line. Every cell stays text: codes keep their leading zeros. */
export function readCsv(path: string): Row[] {
  return parse(readFileSync(path, 'utf8'), { columns: true, bom: true, skip_empty_lines: true, trim: true }) as Row[]
}

/** Writes rows with the given columns in that order, UTF-8, line feeds, quotes only where needed. */
export function writeCsv(path: string, columns: readonly string[], rows: Iterable<Row>): void {
  const lines = [columns.join(',')]
  for (const row of rows) lines.push(columns.map((column) => quoted(row[column] ?? '')).join(','))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${lines.join('\n')}\n`)
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

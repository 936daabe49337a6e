import type { RowBlock } from './row-block.ts'

/** How a file is to be read, as found out from its first bytes and confirmed by the person. Plain data. */
export interface Reading {
  readonly format: 'csv' | 'xlsx' | 'json'
  /** Of text files: `utf-8`, `gb18030` (also for GBK and GB 2312) or `utf-16le`. */
  readonly encoding: 'utf-8' | 'gb18030' | 'utf-16le'
  readonly separator: ',' | ';' | '\t' | '|'
  /** Line of the column titles, from 1; rows before it are titles of the whole table. 0 for JSON. */
  readonly headerLine: number
  readonly header: readonly string[]
}

/** A row of a file: its cells in the order of the header, and where it stands. */
export interface RawRow {
  /** Line of a text file, row of a sheet, ordinal of a JSON object; from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Rows in handfuls, with how many bytes of the file have been read so far. */
export interface RawRows {
  readonly rows: readonly RawRow[]
  readonly bytes: number
}

/** Where chunks end: after so many rows or bytes, and at a row where an earlier reading was interrupted. */
export interface Cuts {
  readonly rows: number
  readonly bytes: number
  readonly at: number
}

/** Some rows of a file. Row numbers count from the first below the header. */
export interface FileChunk {
  readonly from: number
  readonly to: number
  /** How many bytes of the file had been read. */
  readonly bytes: number
  /** Takes the rows apart. */
  block(): RowBlock
}

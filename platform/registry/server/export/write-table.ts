import { PassThrough, Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import type { FastifyReply } from 'fastify'
import { csvCell, neutral } from './neutral.ts'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/jsonl',
} as const

export type TableFormat = keyof typeof TYPES

/** A cell without a value is null; in CSV it is empty, and an empty text is `""`. */
type Cells = readonly (string | null)[]
type Rows = AsyncIterable<Cells>

/** Streams a table to the browser as a file. CSV begins with a byte order mark, so that Excel reads Chinese. */
export function writeTable(
  reply: FastifyReply,
  format: TableFormat,
  name: string,
  header: readonly string[],
  rows: Rows,
): Readable {
  reply
    .type(TYPES[format])
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}.${format}`)
  return tableFile(format, header, rows)
}

/** The bytes of such a file; programs that read CSV by the standard stumble over a byte order mark, so it can be left out. */
export function tableFile(format: TableFormat, header: readonly string[], rows: Rows, mark = '\ufeff'): Readable {
  if (format === 'xlsx') return workbook(header, rows)
  return Readable.from(format === 'csv' ? csvText(header, rows, mark) : jsonLines(header, rows), { objectMode: false })
}

async function* csvText(header: readonly string[], rows: Rows, mark: string): AsyncGenerator<string> {
  yield `${mark}${header.map(csvCell).join(',')}\r\n`
  yield* inBlocks(rows, (row) => `${row.map(csvCell).join(',')}\r\n`)
}

async function* jsonLines(header: readonly string[], rows: Rows): AsyncGenerator<string> {
  yield* inBlocks(
    rows,
    (row) => `${JSON.stringify(Object.fromEntries(header.map((name, at) => [name, row[at] ?? null])))}\n`,
  )
}

const BLOCK = 64 * 1024

async function* inBlocks(rows: Rows, text: (row: Cells) => string): AsyncGenerator<string> {
  let block = ''
  for await (const row of rows) {
    block += text(row)
    if (block.length < BLOCK) continue
    yield block
    block = ''
  }
  yield block
}

/** Rows go out as they come; a sheet holds 1,048,576, so more make further sheets. */
function workbook(header: readonly string[], rows: Rows): Readable {
  const stream = new PassThrough()
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream })
  const fill = async () => {
    let left = 0
    let sheet: ExcelJS.Worksheet | undefined
    const begin = () => {
      sheet?.commit()
      sheet = book.addWorksheet()
      sheet.addRow([...header]).commit()
      left = 1_000_000
    }
    begin()
    for await (const row of rows) {
      if (left-- === 0) begin()
      sheet?.addRow(row.map((cell) => (cell === null ? null : neutral(cell)))).commit()
    }
    sheet?.commit()
    await book.commit()
  }
  fill().catch((error) => stream.destroy(error as Error))
  return stream
}

import type ExcelJS from 'exceljs'
import type { RawRow, RawRows } from './reading.ts'
import { WorkbookReader } from './workbook-reader.ts'

const HANDFUL = 1000

/** Rows of the first sheet as they stream. Dates come as text, numbers beyond 2^53 with an exponent, as they are lost. */
export async function* readXlsx(file: string): AsyncGenerator<RawRows> {
  const book = new WorkbookReader(file, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  })
  try {
    for await (const sheet of book) {
      let rows: RawRow[] = []
      for await (const row of sheet) {
        const cells = (row.values as ExcelJS.CellValue[]).slice(1)
        rows.push({ line: row.number, cells: Array.from(cells, cellText) })
        if (rows.length < HANDFUL) continue
        yield { rows, bytes: 0 }
        rows = []
      }
      yield { rows, bytes: 0 }
      return
    }
  } finally {
    book.close()
  }
}

function cellText(value: ExcelJS.CellValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '')
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('text' in value) return typeof value.text === 'string' ? value.text : cellText(value.text as ExcelJS.CellValue)
  if ('result' in value) return cellText(value.result as ExcelJS.CellValue)
  return 'error' in value ? String(value.error) : ''
}

const numberText = (value: number): string =>
  Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(Number(value.toPrecision(15)))

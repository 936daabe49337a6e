import type { Readable } from 'node:stream'
import ExcelJS from 'exceljs'

type Options = Partial<ExcelJS.stream.xlsx.WorkbookStreamReaderOptions>
/** The steps of the library's reader that turn bytes into letters. */
interface Steps extends ExcelJS.stream.xlsx.WorkbookReader {
  _parseWorksheet(chunks: AsyncIterable<Uint8Array | string>, sheet: string): AsyncIterable<unknown>
  _parseSharedStrings(entry: Readable): AsyncIterable<unknown>
}
const LibraryReader = ExcelJS.stream.xlsx.WorkbookReader as unknown as new (file: string, options: Options) => Steps

/** The library decodes each chunk by itself and loses a letter that two chunks share; here letters stay whole. */
export class WorkbookReader extends LibraryReader {
  override _parseWorksheet(chunks: AsyncIterable<Uint8Array>, sheet: string): AsyncIterable<unknown> {
    return super._parseWorksheet(lettersOf(chunks), sheet)
  }

  override _parseSharedStrings(entry: Readable): AsyncIterable<unknown> {
    return super._parseSharedStrings(entry.setEncoding('utf8'))
  }
}

async function* lettersOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

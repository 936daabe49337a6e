import type { Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { TextTable } from './text-table.ts'

type Options = Partial<ExcelJS.stream.xlsx.WorkbookStreamReaderOptions>
/** The steps of the library's reader that turn bytes into letters. */
interface Steps extends ExcelJS.stream.xlsx.WorkbookReader {
  _parseWorksheet(chunks: AsyncIterable<Uint8Array | string>, sheet: string): AsyncIterable<unknown>
  _parseSharedStrings(entry: Readable): AsyncIterable<unknown>
}
const LibraryReader = ExcelJS.stream.xlsx.WorkbookReader as unknown as new (file: string, options: Options) => Steps

type Text = string | { readonly richText: readonly { readonly text: string }[] }

/**
 * The library decodes each chunk by itself and loses a letter that two chunks share; here letters stay whole. It also
 * keeps all texts of the workbook in an array; here they are in a `TextTable` that looks like one.
 */
export class WorkbookReader extends LibraryReader {
  #texts: TextTable | undefined
  #list: object | undefined

  /** The library begins a new list. */
  set sharedStrings(_list: unknown) {
    const texts = new TextTable()
    const push = (text: Text | null) => texts.add(textOf(text))
    this.#texts = texts
    this.#list = new Proxy([], { get: (_, name) => (name === 'push' ? push : texts.get(Number(name))) })
  }

  get sharedStrings(): object | undefined {
    return this.#list
  }

  close(): void {
    this.#texts?.close()
  }

  override _parseWorksheet(chunks: AsyncIterable<Uint8Array>, sheet: string): AsyncIterable<unknown> {
    return super._parseWorksheet(lettersOf(chunks), sheet)
  }

  override _parseSharedStrings(entry: Readable): AsyncIterable<unknown> {
    return super._parseSharedStrings(entry.setEncoding('utf8'))
  }
}

const textOf = (text: Text | null): string =>
  text === null ? '' : typeof text === 'string' ? text : text.richText.map((part) => part.text).join('')

async function* lettersOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

import type { Readable } from 'node:stream'
import { documents } from '#platform/documents'
import type { App } from '#runtime'
import { flatColumns } from '../release/columns.ts'
import type { Data } from '../release/source.ts'
import { rowsOf } from '../release/stage.ts'
import type { Version } from '../store.ts'
import { cells, ckanFields, csvLine, tsvLine } from './datastore.ts'

/** Media type of each format of a dump. */
export const DUMPS = {
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  json: 'application/json; charset=utf-8',
} as const
export type DumpFormat = keyof typeof DUMPS

/** A whole version as CKAN writes it, piece by piece. */
export async function* dump(app: App, version: Version, format: DumpFormat, bom: boolean): AsyncGenerator<string> {
  const columns = flatColumns(version.columns)
  const names = ['_id', ...columns.map(({ name }) => name)]
  const line = (list: readonly unknown[]) => `${format === 'csv' ? csvLine(list) : tsvLine(list)}\r\n`
  let no = 0
  if (format === 'json') {
    yield `{\n  "fields": ${JSON.stringify([{ id: '_id', type: 'int' }, ...ckanFields(columns)])},\n  "records": [\n`
    for await (const data of storedRows(app, version))
      yield `${no++ === 0 ? '' : ',\n'}${JSON.stringify([no, ...cells(columns, data)])}`
    yield '\n]}\n'
    return
  }
  yield `${bom ? '\ufeff' : ''}${line(names)}`
  for await (const data of storedRows(app, version)) yield line([++no, ...cells(columns, data)])
}

/**
 * Rows out of the version's file: it stays as it is while a slow reader takes it, also when the next version goes out and
 * the rows of this one are deleted. A version too large for that file is read from its rows, and breaks off if they go.
 */
async function* storedRows(app: App, version: Version): AsyncGenerator<Data> {
  const file = version.files.find(({ format }) => format === 'jsonl')
  if (!file) return yield* rowsOf(app.db, version)
  const bytes = await app.use(documents).open(file.document)
  try {
    for await (const line of linesOf(bytes)) yield JSON.parse(line) as Data
  } finally {
    bytes.destroy()
  }
}

/** Not by `readline`, for which also U+2028 inside a text ends a line. */
async function* linesOf(bytes: Readable): AsyncGenerator<string> {
  let rest = ''
  for await (const text of bytes.setEncoding('utf8')) {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

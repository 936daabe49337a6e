import { Readable } from 'node:stream'
import { analytics } from '#platform/analytics'
import { documents } from '#platform/documents'
import { tableFile } from '#platform/registry'
import { type App, TooLarge } from '#runtime'
import type { FormatCode } from '../../declarations/vocabulary.ts'
import { MAKER, type VersionFile } from '../store.ts'
import { cellText, flatColumns, type OpenColumn } from './columns.ts'
import type { Data } from './source.ts'
import { rowsOf } from './stage.ts'

interface Made {
  readonly entry: string
  readonly number: number
  readonly rows: number
  readonly columns: readonly OpenColumn[]
}

type Make = (app: App, made: Made, signal: AbortSignal) => Promise<Readable> | Readable

const MAKERS: Readonly<Record<FormatCode, Make>> = {
  csv: (app, made) => flatFile(app, made, 'csv'),
  json: (app, made) => textOf(jsonArray(rows(app, made))),
  jsonl: (app, made) => textOf(jsonLines(rows(app, made))),
  xlsx: (app, made) => flatFile(app, made, 'xlsx'),
  parquet: (app, made, signal) => parquetFile(app, made, signal),
  geojson: (app, made) => textOf(geoJson(rows(app, made), pointOf(made.columns)?.name ?? '')),
}

const pointOf = (columns: readonly OpenColumn[]) => columns.find(({ kind }) => kind === 'point')

/**
 * Every file of a version, stored by the documents capability. A format that would be larger than a stored file may be is
 * left out; the others are there.
 */
export async function makeFiles(app: App, made: Made, signal: AbortSignal): Promise<readonly VersionFile[]> {
  const formats = (Object.keys(MAKERS) as FormatCode[]).filter(
    (format) => format !== 'geojson' || pointOf(made.columns) !== undefined,
  )
  const files: VersionFile[] = []
  for (const format of formats) {
    signal.throwIfAborted()
    try {
      const content = await MAKERS[format](app, made, signal)
      const name = `${made.entry}-v${made.number}.${format}`
      const stored = await app.work(MAKER, (work) => app.use(documents).put(work, { name, content, for: 'open-data' }))
      files.push({ format, name, document: stored.id, sm3: stored.sm3, size: stored.size })
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error
      app.log.warn({ entry: made.entry, number: made.number, format }, 'a file is too large and was left out')
    }
  }
  return files
}

/** Rows with their fields in the order of the release. */
async function* rows(app: App, made: Made): AsyncGenerator<Data> {
  for await (const data of rowsOf(app.db, made))
    yield Object.fromEntries(made.columns.flatMap(({ name }) => (name in data ? [[name, data[name]]] : [])))
}

const NO_MARK = ''

function flatFile(app: App, made: Made, format: 'csv' | 'xlsx'): Readable {
  const columns = flatColumns(made.columns)
  async function* cells() {
    for await (const data of rowsOf(app.db, made)) yield columns.map(({ cell }) => cellText(cell(data)) ?? '')
  }
  const header = columns.map(({ name, title }) => (format === 'csv' ? name : title.zh))
  return tableFile(format, header, cells(), NO_MARK)
}

function parquetFile(app: App, made: Made, signal: AbortSignal): Promise<Readable> {
  const columns = flatColumns(made.columns)
  async function* cells() {
    for await (const data of rowsOf(app.db, made)) yield columns.map(({ cell }) => cellText(cell(data)))
  }
  return app
    .use(analytics)
    .parquet({ columns: columns.map(({ name, type }) => ({ name, type })), rows: cells() }, signal)
}

const BLOCK = 64 * 1024

/** Pieces of text gathered into blocks, so that a stream is not driven row by row. */
function textOf(pieces: AsyncIterable<string>): Readable {
  async function* blocks() {
    let block = ''
    for await (const piece of pieces) {
      block += piece
      if (block.length < BLOCK) continue
      yield block
      block = ''
    }
    yield block
  }
  return Readable.from(blocks(), { objectMode: false })
}

async function* jsonLines(data: AsyncIterable<Data>): AsyncGenerator<string> {
  for await (const row of data) yield `${JSON.stringify(row)}\n`
}

async function* jsonArray(data: AsyncIterable<Data>): AsyncGenerator<string> {
  let separator = '[\n'
  for await (const row of data) {
    yield `${separator}${JSON.stringify(row)}`
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

async function* geoJson(data: AsyncIterable<Data>, point: string): AsyncGenerator<string> {
  let separator = '{"type":"FeatureCollection","features":[\n'
  for await (const { [point]: place, ...properties } of data) {
    const { lng, lat } = (place ?? {}) as { readonly lng?: number; readonly lat?: number }
    const geometry = lng === undefined || lat === undefined ? null : { type: 'Point', coordinates: [lng, lat] }
    yield `${separator}${JSON.stringify({ type: 'Feature', geometry, properties })}`
    separator = ',\n'
  }
  yield separator === ',\n' ? '\n]}\n' : `${separator}]}\n`
}

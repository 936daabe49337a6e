import { csvCell, neutral } from '#platform/registry'
import { type FlatColumn, flatColumns } from '../release/columns.ts'
import type { Data } from '../release/source.ts'
import { queryRows, type RowQuery } from '../site/rows.ts'
import type { Shelf } from '../site/shelf.ts'
import type { Version } from '../store.ts'
import type { Asked } from './actions.ts'
import { ckanDenied, ckanInvalid, ckanNotFound } from './errors.ts'
import { resourceId } from './package.ts'
import type { Parameters } from './parameters.ts'

const DEFAULT_ROWS = 100
/** CKAN's own limit. */
const MOST_ROWS = 32_000
const DEEPEST = 1_000_000

const TYPES: Readonly<Record<FlatColumn['type'], string>> = {
  text: 'text',
  bigint: 'int',
  'double precision': 'numeric',
  boolean: 'bool',
  date: 'date',
  timestamptz: 'timestamptz',
}

/** The version in force behind the id of a resource, or of its dataset. @throws CKAN's not found, access denied */
export async function storedVersion(shelf: Shelf, id: string): Promise<Version> {
  const shelved = (await shelf.all()).find(
    ({ entry, version }) => entry.id === id || version.files.some(({ format }) => resourceId(entry.id, format) === id),
  )
  if (!shelved) throw ckanNotFound(`Resource "${id}" was not found.`)
  if (shelved.entry.meta.access !== 'open') throw ckanDenied('this dataset is opened on application')
  return shelved.version
}

export const ckanFields = (columns: readonly FlatColumn[]) =>
  columns.map(({ name, title, type }) => ({ id: name, type: TYPES[type], info: { label: title.zh, notes: title.en } }))

const ROW_NUMBER = { id: '_id', type: 'int' }

/** `datastore_search`: rows of a resource with filters, text, fields, order and pages. */
export async function datastoreSearch({ app, shelf, given }: Asked) {
  const id = given.text('resource_id') || given.need('id')
  const version = await storedVersion(shelf, id)
  if (given.flag('distinct')) throw ckanInvalid('distinct', 'Not offered here')
  const columns = chosen(flatColumns(version.columns), given.list('fields'))
  const withNumber = !given.list('fields') || given.list('fields')?.includes('_id')
  const limit = given.number('limit', DEFAULT_ROWS, MOST_ROWS)
  const offset = given.number('offset', 0, DEEPEST)
  const found = await queryRows(app, version, { ...conditions(given), sort: sortOf(given.text('sort')), offset, limit })
  const format = given.text('records_format') ?? 'objects'
  const fields = [...(withNumber ? [ROW_NUMBER] : []), ...ckanFields(columns)]
  const lists = found.rows.map(({ no, data }) => [...(withNumber ? [Number(no)] : []), ...cells(columns, data)])
  return {
    resource_id: id,
    fields,
    records_format: format,
    records: records(
      format,
      fields.map((field) => field.id),
      lists,
    ),
    limit,
    offset,
    ...(given.flag('include_total', true)
      ? { total: found.total, total_was_estimated: found.isEstimate, total_estimation_threshold: null }
      : {}),
    _links: links(given, id, limit, offset),
  }
}

export const cells = (columns: readonly FlatColumn[], data: Data): readonly unknown[] =>
  columns.map(({ cell }) => cell(data) ?? null)

function records(format: string, names: readonly string[], lists: readonly (readonly unknown[])[]): unknown {
  if (format === 'objects') return lists.map((list) => Object.fromEntries(names.map((name, at) => [name, list[at]])))
  if (format === 'lists') return lists
  if (format === 'csv') return lists.map((list) => `${csvLine(list)}\n`).join('')
  if (format === 'tsv') return lists.map((list) => `${tsvLine(list)}\n`).join('')
  throw ckanInvalid('records_format', 'Must be one of: objects, lists, csv, tsv')
}

const plain = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Lines for spreadsheets: no cell of them is a formula. */
export const csvLine = (list: readonly unknown[]): string => list.map((value) => csvCell(plain(value))).join(',')
export const tsvLine = (list: readonly unknown[]): string =>
  list.map((value) => neutral(plain(value).replaceAll(/[\t\r\n]/g, ' '))).join('\t')

function chosen(columns: readonly FlatColumn[], names: readonly string[] | undefined): readonly FlatColumn[] {
  if (!names) return columns
  return names.flatMap((name) => {
    if (name === '_id') return []
    const column = columns.find((each) => each.name === name)
    if (!column) throw ckanInvalid('fields', `field "${name}" not in table`)
    return [column]
  })
}

function conditions(given: Parameters): Pick<RowQuery, 'filters' | 'q'> {
  if (given.isRecord('q')) throw ckanInvalid('q', 'Text for single fields is not offered here; use filters')
  const filters: Record<string, readonly (string | number | boolean)[]> = {}
  for (const [name, value] of Object.entries(given.record('filters') ?? {})) {
    const values = Array.isArray(value) ? value : [value]
    if (!values.every((each) => ['string', 'number', 'boolean'].includes(typeof each)))
      throw ckanInvalid('filters', `"${name}" must be a value or a list of values`)
    filters[name] = values
  }
  return { filters, q: given.text('q') }
}

/** `name asc, at desc`; a row's number is the order anyway. */
const sortOf = (text: string | undefined): RowQuery['sort'] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^"?_id"?\b/.test(part))
    .map((part) => {
      const found = /^"?([A-Za-z0-9_]+)"?(?:\s+(asc|desc)(?:\s+nulls\s+(?:first|last))?)?$/i.exec(part)
      if (!found?.[1]) throw ckanInvalid('sort', `Cannot read "${part}"; write field asc or field desc`)
      return { field: found[1], descending: found[2]?.toLowerCase() === 'desc' }
    })

function links(given: Parameters, id: string, limit: number, offset: number) {
  const at = (from: number) => {
    const query = new URLSearchParams({ resource_id: id, limit: String(limit), offset: String(from) })
    for (const name of ['q', 'sort', 'fields', 'filters']) {
      const text = given.isRecord(name) ? JSON.stringify(given.record(name) ?? given.list(name)) : given.text(name)
      if (text) query.set(name, text)
    }
    return `/api/3/action/datastore_search?${query}`
  }
  return { start: at(0), next: at(offset + limit), ...(offset > 0 ? { prev: at(Math.max(0, offset - limit)) } : {}) }
}

/** `datastore_info`: fields and number of rows. */
export async function datastoreInfo({ shelf, given }: Asked) {
  const id = given.text('resource_id') || given.need('id')
  const version = await storedVersion(shelf, id)
  return {
    meta: { id, count: version.rows, table_type: 'BASE TABLE', size: version.files[0]?.size ?? 0 },
    fields: ckanFields(flatColumns(version.columns)),
  }
}

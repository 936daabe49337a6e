import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { to } from 'pg-copy-streams'
import type { DatasetExtract } from '#platform/registry'
import { literal, name } from '../engine/protocol.ts'

type Columns = readonly { readonly name: string; readonly type: string }[]

/** The engine's type for a column of the database. */
export const ENGINE_TYPES: Readonly<Record<DatasetExtract['columns'][number]['type'], string>> = {
  text: 'VARCHAR',
  bigint: 'BIGINT',
  'double precision': 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamptz: 'TIMESTAMP WITH TIME ZONE',
  bytea: 'VARCHAR',
  'text[]': 'VARCHAR',
  jsonb: 'VARCHAR',
}

const SYSTEM = [
  { name: '_id', type: 'BIGINT' },
  { name: '_version', type: 'BIGINT' },
  { name: '_since', type: 'TIMESTAMP WITH TIME ZONE' },
] as const

/** Columns of a copy with the engine's types; lists and JSON are text. */
export const copiedColumns = ({ columns }: DatasetExtract): Columns => [
  ...SYSTEM,
  ...columns.map((column) => ({ name: column.name, type: ENGINE_TYPES[column.type] })),
]

/** What PostgreSQL is to send: the columns of the copy, of all rows or some. */
export function copySql({ table, columns }: DatasetExtract, where = ''): string {
  const listed = columns.map(({ name: column, type }) =>
    type === 'text[]' ? `to_json(${name(column)})` : name(column),
  )
  return `select _id, _version, _since${listed.map((each) => `, ${each}`).join('')} from ${table} t ${where}`
}

/** Streams the rows of a select into a file of comma-separated text. */
export async function copyOut(
  client: pg.PoolClient,
  select: string,
  file: string,
  options: { readonly signal?: AbortSignal; readonly progress?: (lines: number) => void } = {},
): Promise<void> {
  let lines = 0
  const count = new Transform({
    transform: (chunk: Buffer, _, done) => {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++
      options.progress?.(lines)
      done(null, chunk)
    },
  })
  const rows = client.query(to(`copy (${select}) to stdout with (format csv)`))
  await pipeline([rows, count, createWriteStream(file)], options.signal ? { signal: options.signal } : {})
}

const LINE_BYTES = 4 * 2 ** 20
const BUFFER_BYTES = 32 * 2 ** 20

/** SQL that reads such a file: nothing is guessed, an empty text is no missing one. */
export function readCsv(file: string, columns: Columns): string {
  const types = columns.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ')
  return `read_csv(${literal(file)}, columns = {${types}}, auto_detect = false, header = false, delim = ',',
    quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false,
    max_line_size = ${LINE_BYTES}, buffer_size = ${BUFFER_BYTES})`
}

import { Readable } from 'node:stream'
import mysql, { type RowDataPacket } from 'mysql2'
import { canonicalDecimal } from '#platform/registry'
import { InvalidInput, words } from '#runtime'
import { atSource } from './away.ts'
import type { Collected, Collecting, Connector, FoundTable, Preview, Totals } from './connector.ts'
import { csvLine } from './csv-text.ts'

const CONNECT_MS = 10_000
const SAMPLE_ROWS = 10
const EXACT_NUMBER = /^(tinyint|smallint|mediumint|int|bigint|decimal)/
const FLOAT = /^(float|double)/
const TIME = /^(date|datetime|timestamp)/

export interface MysqlAddress {
  /** Resolved and allowed. */
  readonly address: string
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly tls: boolean
}

interface SourceColumn {
  readonly name: string
  readonly type: string
}

/** A MySQL or MariaDB of another system, read only. Every value comes as the text that the source writes. */
export async function openMysql(where: MysqlAddress, secret: string | undefined): Promise<Connector> {
  const core = mysql.createConnection({
    host: where.address,
    port: where.port,
    database: where.database,
    user: where.user,
    password: secret ?? '',
    ...(where.tls ? { ssl: { servername: where.host } as mysql.SslOptions } : {}),
    connectTimeout: CONNECT_MS,
    charset: 'utf8mb4',
    rowsAsArray: true,
    typeCast: (field) => field.string(),
  })
  core.on('error', () => undefined)
  const client = core.promise()
  const prepare = () => client.query(`set session time_zone = '+08:00', sql_mode = 'ANSI_QUOTES'`)
  await atSource(prepare)
  return {
    tables: () => atSource(() => tablesOf(client, where.database)),
    preview: (from) => atSource(() => previewOf(client, from)),
    collect: async (collecting) => {
      const stop = () => core.destroy()
      collecting.signal.addEventListener('abort', stop)
      try {
        return await atSource(() => collectTable(core, collecting))
      } finally {
        collecting.signal.removeEventListener('abort', stop)
      }
    },
    close: () => client.end().catch(() => undefined),
  }
}

type Client = ReturnType<mysql.Connection['promise']>

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const quotedTable = (table: string): string => table.split('.').map(quoted).join('.')

async function rowsOf(client: Client, sql: string, values: readonly string[] = []) {
  const [rows] = await client.query<RowDataPacket[]>(sql, [...values])
  return rows as unknown as (string | null)[][]
}

async function tablesOf(client: Client, database: string): Promise<FoundTable[]> {
  const tables = await rowsOf(
    client,
    'select table_name, coalesce(table_rows, 0) from information_schema.tables where table_schema = ? order by 1 limit 5000',
    [database],
  )
  const columns = await rowsOf(
    client,
    `select table_name, column_name, column_type, nullif(column_comment, '') from information_schema.columns
     where table_schema = ? order by table_name, ordinal_position`,
    [database],
  )
  const byTable = Map.groupBy(columns, ([table]) => table)
  return tables.map(([name, rows]) => ({
    name: name ?? '',
    rows: Number(rows),
    columns: (byTable.get(name) ?? []).map(([, column, type, comment]) => ({
      name: column ?? '',
      type: type ?? null,
      comment: comment ?? null,
    })),
  }))
}

async function columnsOf(client: Client, table: string): Promise<SourceColumn[]> {
  const [name = '', schema] = table.split('.').reverse()
  const rows = await rowsOf(
    client,
    `select column_name, column_type from information_schema.columns
     where table_schema = coalesce(?, database()) and table_name = ? order by ordinal_position`,
    [schema ?? (null as unknown as string), name],
  )
  if (rows.length > 0) return rows.map(([column, type]) => ({ name: column ?? '', type: type ?? '' }))
  throw new InvalidInput(
    'no-source-table',
    words(`来源中没有表“${table}”，或无权读取`, `The source has no table "${table}", or it may not be read`),
    [{ path: '/from', message: words('没有这个表', 'No such table') }],
  )
}

async function previewOf(client: Client, from: string): Promise<Preview> {
  const columns = await columnsOf(client, from)
  const rows = await rowsOf(
    client,
    `select ${columns.map(columnText).join(', ')} from ${quotedTable(from)} limit ${SAMPLE_ROWS}`,
  )
  return { columns: columns.map(({ name }) => name), rows: rows.map((cells) => cells.map((cell) => cell ?? '')) }
}

const columnText = ({ name, type }: SourceColumn): string =>
  /blob|binary|^bit/.test(type) ? `hex(${quoted(name)})` : `cast(${quoted(name)} as char)`

/** A table whole, or what its watermark says is new, with its totals, all as of one instant. */
async function collectTable(core: mysql.Connection, collecting: Collecting): Promise<Collected | undefined> {
  const client = core.promise()
  const { feed, mark } = collecting
  const columns = await columnsOf(client, feed.from)
  const table = quotedTable(feed.from)
  const marked = feed.mode === 'watermark' ? columns.find(({ name }) => name === feed.watermark?.column) : undefined
  if (feed.mode === 'watermark' && !marked)
    throw new InvalidInput('no-watermark', words('表中没有水位列', 'The table has no such watermark column'))
  await client.query('set transaction isolation level repeatable read')
  await client.query('start transaction with consistent snapshot, read only')
  const [newest] = marked ? await rowsOf(client, `select cast(max(${quoted(marked.name)}) as char) from ${table}`) : []
  const newMark = newest?.[0] ?? null
  const overlap = marked && TIME.test(marked.type) ? (feed.watermark?.overlapSeconds ?? 0) : 0
  if (marked && mark !== null && newMark === mark && overlap === 0) return undefined
  const where = marked && mark !== null ? since(marked.name, mark, overlap) : ''
  const wanted =
    collecting.columns.length > 0 ? columns.filter(({ name }) => collecting.columns.includes(name)) : columns
  const [figures = []] = await rowsOf(client, `select ${totalsSql(wanted)} from ${table} ${where}`)
  const file = await collecting.keep(
    `${feed.from}.csv`,
    Readable.from(lines(core, columns, `${table} ${where}`, collecting)),
  )
  await client.query('commit')
  const header = columns.map(({ name }) => name)
  return {
    parts: [
      { kind: 'rows', file, reading: { format: 'csv', encoding: 'utf-8', separator: ',', headerLine: 1, header } },
    ],
    mark: newMark,
    isWhole: where === '',
    totals: totalsOf(wanted, figures),
  }
}

const since = (column: string, mark: string, overlap: number): string =>
  overlap > 0
    ? `where ${quoted(column)} >= ${mysql.escape(mark)} - interval ${Number(overlap)} second`
    : `where ${quoted(column)} > ${mysql.escape(mark)}`

const ROWS_A_BLOCK = 500

/** Rows as they come from the source; the source waits when the disk is slower. */
async function* lines(
  core: mysql.Connection,
  columns: readonly SourceColumn[],
  from: string,
  { moved }: Collecting,
): AsyncGenerator<string> {
  yield csvLine(columns.map(({ name }) => name))
  const stream = core
    .query(`select ${columns.map(columnText).join(', ')} from ${from}`)
    .stream({ highWaterMark: ROWS_A_BLOCK })
  let [rows, bytes, block] = [0, 0, '']
  for await (const cells of stream as AsyncIterable<(string | null)[]>) {
    block += csvLine(cells)
    if (++rows % ROWS_A_BLOCK !== 0) continue
    bytes += block.length
    moved(rows, bytes)
    yield block
    block = ''
  }
  yield block
}

const totalsSql = (columns: readonly SourceColumn[]): string => ['count(*)', ...columns.flatMap(figuresOf)].join(', ')

function figuresOf(column: SourceColumn): string[] {
  const text = columnText(column)
  const filled = `count(nullif(${text}, ''))`
  if (EXACT_NUMBER.test(column.type))
    return [filled, ...['sum', 'min', 'max'].map((what) => `cast(${what}(${quoted(column.name)}) as char)`)]
  if (FLOAT.test(column.type)) return [filled]
  const cell = `replace(nullif(${text}, ''), '\\r\\n', '\\n')`
  return [filled, `cast(coalesce(sum(conv(left(md5(convert(${cell} using utf8mb4)), 8), 16, 10)), 0) as char)`]
}

function totalsOf(columns: readonly SourceColumn[], row: readonly (string | null)[]): Totals {
  let at = 1
  const figure = () => row[at++] ?? null
  const decimal = () => {
    const text = figure()
    return text === null ? null : canonicalDecimal(text)
  }
  const figures = ({ type }: SourceColumn) => {
    if (EXACT_NUMBER.test(type)) return { filled: figure(), sum: decimal(), min: decimal(), max: decimal() }
    return FLOAT.test(type) ? { filled: figure() } : { filled: figure(), checksum: figure() }
  }
  return {
    rows: Number(row[0] ?? 0),
    columns: Object.fromEntries(columns.map((column) => [column.name, figures(column)])),
  }
}

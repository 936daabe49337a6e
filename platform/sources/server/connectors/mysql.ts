import { Readable } from 'node:stream'
import mysql, { type RowDataPacket } from 'mysql2'
import { canonicalDecimal } from '#platform/registry'
import { InvalidInput, words } from '#runtime'
import type { FeedDefinition } from '../../contract.ts'
import { DEFAULTS } from '../../definition.ts'
import { atSource } from './away.ts'
import {
  type Collected,
  type Collecting,
  type Connector,
  type FoundTable,
  type Preview,
  TABLE_PAGE,
  type Totals,
} from './connector.ts'
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

/** A MySQL or MariaDB of another system, read only. Every value comes as the text that the source writes. @param tablePage tables that are read at once */
export async function openMysql(
  where: MysqlAddress,
  secret: string | undefined,
  tablePage = TABLE_PAGE,
): Promise<Connector> {
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
    tables: () => tablesOf(client, where.database, tablePage),
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

/** All tables and views, each page behind the last name of the one before, in the order of bytes. */
async function* tablesOf(client: Client, database: string, size: number): AsyncGenerator<readonly FoundTable[]> {
  for (let after = ''; ; ) {
    const tables = await atSource(() =>
      rowsOf(
        client,
        `select table_name, coalesce(table_rows, 0) from information_schema.tables
         where table_schema = ? and cast(table_name as binary) > cast(? as binary)
         order by cast(table_name as binary) limit ${Number(size)}`,
        [database, after],
      ),
    )
    const names = tables.map(([name]) => name ?? '')
    const last = names.at(-1)
    if (last === undefined) return
    const columns = await atSource(() =>
      rowsOf(
        client,
        `select table_name, column_name, column_type, nullif(column_comment, '') from information_schema.columns
         where table_schema = ? and table_name in (${names.map(() => '?').join(', ')})
         order by table_name, ordinal_position`,
        [database, ...names],
      ),
    )
    const byTable = Map.groupBy(columns, ([table]) => table)
    yield tables.map(([name, rows]) => ({
      name: name ?? '',
      rows: Number(rows),
      columns: (byTable.get(name) ?? []).map(([, column, type, comment]) => ({
        name: column ?? '',
        type: type ?? null,
        comment: comment ?? null,
      })),
    }))
    after = last
  }
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
  const { feed, mark, takesWhole } = collecting
  const columns = await columnsOf(client, feed.from)
  const table = quotedTable(feed.from)
  const marked = feed.mode === 'watermark' ? columns.find(({ name }) => name === feed.watermark?.column) : undefined
  if (feed.mode === 'watermark' && !marked)
    throw new InvalidInput('no-watermark', words('表中没有水位列', 'The table has no such watermark column'))
  await client.query('set transaction isolation level repeatable read')
  await client.query('start transaction with consistent snapshot, read only')
  const [newest] = marked ? await rowsOf(client, `select cast(max(${quoted(marked.name)}) as char) from ${table}`) : []
  const newMark = newest?.[0] ?? null
  const overlap = marked && overlapOf(marked, feed.watermark)
  const grown = marked && mark !== null ? since(marked, mark, overlap) : ''
  const where = takesWhole ? '' : grown
  if (where !== '' && newMark === mark && !overlap) return undefined
  const wanted =
    collecting.columns.length > 0 ? columns.filter(({ name }) => collecting.columns.includes(name)) : columns
  const [figures = []] = await rowsOf(client, `select ${totalsSql(wanted)} from ${table} ${where}`)
  const copy = (which: string) =>
    collecting.keep(`${feed.from}.csv`, Readable.from(lines(core, columns, `${table} ${which}`, collecting)))
  const increment = takesWhole && grown !== '' ? await copy(grown) : undefined
  const file = await copy(where)
  await client.query('commit')
  const header = columns.map(({ name }) => name)
  const reading = { format: 'csv', encoding: 'utf-8', separator: ',', headerLine: 1, header } as const
  return {
    parts: [
      ...(increment ? [{ kind: 'increment', file: increment, reading } as const] : []),
      { kind: 'rows', file, reading },
    ],
    mark: newMark,
    isWhole: where === '',
    totals: { ...totalsOf(wanted, figures), ...(increment ? { fresh: 0 } : {}) },
  }
}

/** What is subtracted from the mark, as SQL: rows confirmed late have a place before it. */
function overlapOf({ type }: SourceColumn, watermark: FeedDefinition['watermark']): string | undefined {
  const { overlapSeconds = 0, overlapNumbers = DEFAULTS.overlapNumbers } = watermark ?? {}
  if (TIME.test(type)) return overlapSeconds > 0 ? `interval ${Number(overlapSeconds)} second` : undefined
  return EXACT_NUMBER.test(type) && overlapNumbers > 0 ? String(Number(overlapNumbers)) : undefined
}

/** Numbers are compared as decimals: as a text or a double two long ones would be the same. */
function since({ name, type }: SourceColumn, mark: string, overlap: string | undefined): string {
  const from = EXACT_NUMBER.test(type) ? `cast(${mysql.escape(mark)} as decimal(65, 10))` : mysql.escape(mark)
  return `where ${quoted(name)} ${overlap ? `>= ${from} - ${overlap}` : `> ${from}`}`
}

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

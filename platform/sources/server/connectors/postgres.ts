import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { InvalidInput, words } from '#runtime'
import { DEFAULTS } from '../../definition.ts'
import { asAway, atSource } from './away.ts'
import { type Collected, type Collecting, type Connector, type Preview, TABLE_PAGE } from './connector.ts'
import { collectChanges } from './postgres-changes.ts'
import { columnsOf, columnText, quotedTable, type SourceColumn, totalsOf, totalsSql } from './postgres-columns.ts'
import { slotsOf } from './postgres-slots.ts'
import { tablesOf } from './postgres-tables.ts'

const CONNECT_MS = 10_000
const SAMPLE_ROWS = 10
const TIME_TYPES = /^(timestamp|date)/
const NUMBER_TYPES = /^(smallint|integer|bigint|numeric)/

export interface PostgresAddress {
  /** Resolved and allowed. */
  readonly address: string
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly tls: boolean
}

/** A PostgreSQL of another system, read only. @param tablePage tables that are read at once */
export async function openPostgres(
  where: PostgresAddress,
  secret: string | undefined,
  tablePage = TABLE_PAGE,
): Promise<Connector> {
  const socket = new Socket()
  const client = new pg.Client({
    stream: () => socket,
    host: where.address,
    port: where.port,
    database: where.database,
    user: where.user,
    password: secret ?? '',
    ssl: where.tls ? { servername: where.host } : false,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: 'daizong',
    types: { getTypeParser: () => (value: unknown) => value as string },
  })
  // A connection that breaks while nobody asks is noticed by the next question.
  client.on('error', () => undefined)
  await atSource(async () => {
    await client.connect()
    await client.query(`set datestyle = iso; set extra_float_digits = 1; set timezone = 'Asia/Shanghai'`)
  })
  return {
    tables: () => tablesOf(client, tablePage),
    preview: (from) => atSource(() => previewOf(client, from)),
    collect: async (collecting) => {
      const stop = () => socket.destroy()
      collecting.signal.addEventListener('abort', stop)
      try {
        return await atSource(() => collect(client, collecting))
      } finally {
        collecting.signal.removeEventListener('abort', stop)
      }
    },
    slots: slotsOf(client),
    close: () => client.end().catch(() => undefined),
  }
}

const collect = (client: pg.Client, collecting: Collecting): Promise<Collected | undefined> =>
  collecting.feed.mode === 'replication'
    ? collectChanges(client, collecting, () => collectTable(client, collecting))
    : collectTable(client, collecting)

async function previewOf(client: pg.Client, from: string): Promise<Preview> {
  const columns = await columnsOf(client, from)
  const { rows } = await client.query<(string | null)[]>({
    text: `select ${columns.map(columnText).join(', ')} from ${quotedTable(from)} limit ${SAMPLE_ROWS}`,
    rowMode: 'array',
  })
  return { columns: columns.map(({ name }) => name), rows: rows.map((cells) => cells.map((cell) => cell ?? '')) }
}

/** A table whole, or what its watermark says is new, with its totals, all as of one instant. */
async function collectTable(client: pg.Client, collecting: Collecting): Promise<Collected | undefined> {
  const { feed, mark, takesWhole } = collecting
  const columns = await columnsOf(client, feed.from)
  const marked = feed.mode === 'watermark' ? markOf(columns, feed.watermark) : undefined
  const grown = marked && mark !== null ? `where ${since(marked, mark)}` : ''
  const where = takesWhole ? '' : grown
  await client.query('begin isolation level repeatable read read only')
  const newMark = marked
    ? await oneText(client, `select max(${marked.sql})::text from ${quotedTable(feed.from)}`)
    : null
  if (where !== '' && newMark === mark && !marked?.overlap) {
    await client.query('commit')
    return undefined
  }
  const wanted =
    collecting.columns.length > 0 ? columns.filter(({ name }) => collecting.columns.includes(name)) : columns
  const { rows } = await client.query<string[]>({
    text: `select ${totalsSql(wanted)} from ${quotedTable(feed.from)} ${where}`,
    rowMode: 'array',
  })
  const list = columns.map((column) => `${columnText(column)} as ${pg.escapeIdentifier(column.name)}`).join(', ')
  const copy = (which: string) => {
    const select = `select ${list} from ${quotedTable(feed.from)} ${which}`
    return copyOut(client, `copy (${select}) to stdout (format csv, header)`, collecting)
  }
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
    totals: { ...totalsOf(wanted, rows[0] ?? []), ...(increment ? { fresh: 0 } : {}) },
  }
}

function copyOut(client: pg.Client, statement: string, { feed, keep, moved }: Collecting) {
  async function* blocks(): AsyncGenerator<Buffer> {
    let bytes = 0
    for await (const block of client.query(to(statement)) as AsyncIterable<Buffer>) {
      bytes += block.length
      moved(0, bytes)
      yield block
    }
  }
  return keep(`${feed.from}.csv`, Readable.from(blocks())).catch((error) => {
    throw asAway(error)
  })
}

interface Mark {
  readonly sql: string
  readonly type: string
  /** What is subtracted from the mark, as SQL: rows confirmed late have a place before it. */
  readonly overlap: string | undefined
}

function markOf(columns: readonly SourceColumn[], watermark: Collecting['feed']['watermark']): Mark {
  const column = columns.find(({ name }) => name === watermark?.column)
  if (!column || !watermark)
    throw new InvalidInput('no-watermark', words('表中没有水位列', 'The table has no such watermark column'), [
      { path: '/watermark/column', message: words('没有这个列', 'No such column') },
    ])
  const { overlapSeconds, overlapNumbers = DEFAULTS.overlapNumbers } = watermark
  const overlap =
    TIME_TYPES.test(column.type) && overlapSeconds > 0
      ? `interval '${Number(overlapSeconds)} seconds'`
      : NUMBER_TYPES.test(column.type) && overlapNumbers > 0
        ? String(Number(overlapNumbers))
        : undefined
  return { sql: pg.escapeIdentifier(column.name), type: column.type, overlap }
}

function since({ sql, type, overlap }: Mark, mark: string): string {
  const from = `${pg.escapeLiteral(mark)}::${type}`
  return overlap ? `${sql} >= ${from} - ${overlap}` : `${sql} > ${from}`
}

async function oneText(client: pg.Client, text: string): Promise<string | null> {
  const { rows } = await client.query<(string | null)[]>({ text, rowMode: 'array' })
  return rows[0]?.[0] ?? null
}

import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import { InvalidInput, words } from '#runtime'
import { asAway, atSource } from './away.ts'
import type { Collected, Collecting, Connector, FoundTable, Preview } from './connector.ts'
import { collectChanges } from './postgres-changes.ts'
import { columnsOf, columnText, quotedTable, type SourceColumn, totalsOf, totalsSql } from './postgres-columns.ts'

const CONNECT_MS = 10_000
const SAMPLE_ROWS = 10
const TIME_TYPES = /^(timestamp|date)/

export interface PostgresAddress {
  /** Resolved and allowed. */
  readonly address: string
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly tls: boolean
}

/** A PostgreSQL of another system, read only. */
export async function openPostgres(where: PostgresAddress, secret: string | undefined): Promise<Connector> {
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
    tables: () => atSource(() => tablesOf(client)),
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
    close: () => client.end().catch(() => undefined),
  }
}

const collect = (client: pg.Client, collecting: Collecting): Promise<Collected | undefined> =>
  collecting.feed.mode === 'replication'
    ? collectChanges(client, collecting, () => collectTable(client, collecting))
    : collectTable(client, collecting)

async function tablesOf(client: pg.Client): Promise<FoundTable[]> {
  const { rows } = await client.query<{ name: string; rows: string; columns: string }>(`
    select n.nspname || '.' || c.relname as name, greatest(c.reltuples, 0)::bigint as rows,
      jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'comment', col_description(c.oid, a.attnum)) order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not c.relispartition and has_table_privilege(c.oid, 'select')
    group by n.nspname, c.relname, c.reltuples order by 1 limit 5000`)
  return rows.map(({ name, rows: count, columns }) => ({ name, rows: Number(count), columns: JSON.parse(columns) }))
}

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
  const { feed, mark } = collecting
  const columns = await columnsOf(client, feed.from)
  const marked = feed.mode === 'watermark' ? markOf(columns, feed.watermark) : undefined
  const where = marked && mark !== null ? `where ${since(marked, mark)}` : ''
  await client.query('begin isolation level repeatable read read only')
  const newMark = marked
    ? await oneText(client, `select max(${marked.sql})::text from ${quotedTable(feed.from)}`)
    : null
  if (marked && mark !== null && newMark === mark && !marked.hasOverlap) {
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
  const select = `select ${list} from ${quotedTable(feed.from)} ${where}`
  const file = await copyOut(client, `copy (${select}) to stdout (format csv, header)`, collecting)
  await client.query('commit')
  const header = columns.map(({ name }) => name)
  return {
    parts: [
      { kind: 'rows', file, reading: { format: 'csv', encoding: 'utf-8', separator: ',', headerLine: 1, header } },
    ],
    mark: newMark,
    isWhole: where === '',
    totals: totalsOf(wanted, rows[0] ?? []),
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
  readonly hasOverlap: boolean
  readonly overlapSeconds: number
}

function markOf(columns: readonly SourceColumn[], watermark: Collecting['feed']['watermark']): Mark {
  const column = columns.find(({ name }) => name === watermark?.column)
  if (!column || !watermark)
    throw new InvalidInput('no-watermark', words('表中没有水位列', 'The table has no such watermark column'), [
      { path: '/watermark/column', message: words('没有这个列', 'No such column') },
    ])
  const { overlapSeconds } = watermark
  const hasOverlap = TIME_TYPES.test(column.type) && overlapSeconds > 0
  return { sql: pg.escapeIdentifier(column.name), type: column.type, hasOverlap, overlapSeconds }
}

function since({ sql, type, hasOverlap, overlapSeconds }: Mark, mark: string): string {
  const from = `${pg.escapeLiteral(mark)}::${type}`
  return hasOverlap ? `${sql} >= ${from} - interval '${Number(overlapSeconds)} seconds'` : `${sql} > ${from}`
}

async function oneText(client: pg.Client, text: string): Promise<string | null> {
  const { rows } = await client.query<(string | null)[]>({ text, rowMode: 'array' })
  return rows[0]?.[0] ?? null
}

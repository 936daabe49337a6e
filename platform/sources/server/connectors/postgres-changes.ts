import { Readable } from 'node:stream'
import pg from 'pg'
import { type Pgoutput, PgoutputPlugin } from 'pg-logical-replication'
import { InvalidInput, words } from '#runtime'
import { Changes } from './changes.ts'
import type { Collected, CollectedPart, Collecting } from './connector.ts'
import { quotedTable } from './postgres-columns.ts'

/** A run takes about so many changes; a transaction is never cut. */
const MOST_CHANGES = 50_000
const BATCH = 1_000
/** Rows of one part: what is held in memory to find the last change of each row. */
const PART_ROWS = 50_000

/**
 * Changes by logical replication (`pgoutput`): looked at, not taken, from a slot of the feed's own. The slot moves on in
 * the next run, when the mark says that the rows are confirmed; so nothing is lost, and what comes twice changes nothing.
 * The first run, and one whose slot is gone or whose table was emptied, takes the table whole.
 */
export async function collectChanges(
  client: pg.Client,
  collecting: Collecting,
  wholeTable: () => Promise<Collected | undefined>,
): Promise<Collected | undefined> {
  const { feed, mark } = collecting
  const name = `daizong_${feed.id.replace(/[^a-z0-9]/g, '_')}`.slice(0, 63)
  const confirmed = await slotAt(client, name)
  if (mark === null || confirmed === undefined) {
    const start = confirmed ?? (await makeSlot(client, name, feed.from))
    return markedAt(await wholeTable(), start)
  }
  await client.query(`select pg_replication_slot_advance($1, greatest($2::pg_lsn, $3::pg_lsn))`, [
    name,
    mark,
    confirmed,
  ])
  const upTo = await one(client, 'select pg_current_wal_flush_lsn()::text')
  const taken = await peek(client, name, upTo, collecting)
  if (taken === 'emptied') return markedAt(await wholeTable(), upTo)
  if (taken.mark !== null) return { ...taken, isWhole: false }
  // Nothing of this table: the log before this place need not be kept for it.
  await client.query(`select pg_replication_slot_advance($1, $2::pg_lsn)`, [name, upTo])
  return undefined
}

const markedAt = (collected: Collected | undefined, mark: string): Collected | undefined =>
  collected && { ...collected, mark }

async function one(client: pg.Client, text: string, values: unknown[] = []): Promise<string> {
  const { rows } = await client.query<string[]>({ text, values, rowMode: 'array' })
  return rows[0]?.[0] ?? ''
}

async function slotAt(client: pg.Client, name: string): Promise<string | undefined> {
  const at = await one(client, 'select confirmed_flush_lsn::text from pg_replication_slots where slot_name = $1', [
    name,
  ])
  return at || undefined
}

/** @throws InvalidInput with the statements for the administrator of the source, where we may not do it */
async function makeSlot(client: pg.Client, name: string, table: string): Promise<string> {
  const publish = `create publication ${name} for table ${quotedTable(table)}`
  try {
    if (!(await one(client, 'select pubname from pg_publication where pubname = $1', [name])))
      await client.query(publish)
    return await one(client, `select lsn::text from pg_create_logical_replication_slot($1, 'pgoutput')`, [name])
  } catch (error) {
    const said = (error as Error).message
    throw new InvalidInput(
      'no-replication',
      words(
        `来源不允许逻辑复制（${said}）。请来源管理员设置 wal_level = logical，授予用户 REPLICATION 权限，并执行：${publish}`,
        `The source does not allow logical replication (${said}). Its administrator has to set wal_level = logical, give the user REPLICATION, and run: ${publish}`,
      ),
    )
  }
}

async function primaryKey(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
     where indrelid = to_regclass($1) and indisprimary`,
    [quotedTable(table)],
  )
  return rows.map(({ name }) => name)
}

interface Taken {
  readonly parts: readonly CollectedPart[]
  /** Where the last transaction ends; null if there was none. */
  readonly mark: string | null
  readonly hasMore: boolean
}

async function peek(client: pg.Client, slot: string, upTo: string, collecting: Collecting): Promise<Taken | 'emptied'> {
  const plugin = new PgoutputPlugin({ protoVersion: 1, publicationNames: [slot] })
  const changes = new Changes(await primaryKey(client, collecting.feed.from))
  const parts: CollectedPart[] = []
  let [mark, rows]: [string | null, number] = [null, 0]
  const flush = async () => parts.push(...(await keepChanges(client, changes, collecting)))
  await client.query('begin')
  await client.query(
    `declare changes no scroll cursor for select encode(data, 'hex') from pg_logical_slot_peek_binary_changes(
      ${pg.escapeLiteral(slot)}, ${pg.escapeLiteral(upTo)}, ${MOST_CHANGES}, 'proto_version', '1', 'publication_names',
      ${pg.escapeLiteral(slot)})`,
  )
  for (;;) {
    const batch = await client.query<string[]>({ text: `fetch ${BATCH} from changes`, rowMode: 'array' })
    if (batch.rows.length === 0) break
    for (const [data = ''] of batch.rows) {
      const message = plugin.parse(Buffer.from(data, 'hex'))
      if (message.tag === 'truncate') {
        await client.query('rollback')
        return 'emptied'
      }
      if (message.tag === 'commit') mark = message.commitEndLsn
      if (message.tag === 'relation' && asText(message) && changes.isOfOther(message)) await flush()
      rows += changes.add(message) ? 1 : 0
      if (changes.size >= PART_ROWS) await flush()
    }
    collecting.moved(rows, 0)
  }
  await client.query('commit')
  await flush()
  // Transactions that did not touch the table come as empty ones.
  return { parts, mark: parts.length > 0 ? mark : null, hasMore: rows >= MOST_CHANGES }
}

/** Values are handed over as the source writes them. */
function asText(relation: Pgoutput.MessageRelation): true {
  for (const column of relation.columns) column.parser = String
  return true
}

async function keepChanges(client: pg.Client, changes: Changes, { feed, keep }: Collecting): Promise<CollectedPart[]> {
  const parts: CollectedPart[] = []
  const { relation, header, keyHeader } = changes
  if (relation) {
    const { upserts, deletes } = changes.take()
    for (const row of upserts) await fillHoles(client, feed.from, row, header, keyHeader)
    for (const [kind, list, columns] of [
      ['deletes', deletes, keyHeader],
      ['rows', upserts, header],
    ] as const) {
      if (list.length === 0) continue
      const file = await keep(`${feed.from}.${kind}.jsonl`, Readable.from(linesOf(list)))
      parts.push({
        kind,
        file,
        reading: { format: 'json', encoding: 'utf-8', separator: ',', headerLine: 0, header: [...columns] },
      })
    }
  }
  return parts
}

type Values = Record<string, string | null | undefined>

function* linesOf(rows: readonly Values[]): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`
}

/** A large value that an update left alone is not in the log unless the table's replica identity is full. */
async function fillHoles(
  client: pg.Client,
  table: string,
  row: Values,
  header: readonly string[],
  key: readonly string[],
): Promise<void> {
  const holes = header.filter((name) => row[name] === undefined)
  if (holes.length === 0) return
  const where = key.map((name, at) => `${pg.escapeIdentifier(name)}::text = $${at + 1}`).join(' and ')
  const { rows } = await client.query<Values>(
    `select ${holes.map((name) => `${pg.escapeIdentifier(name)}::text`).join(', ')} from ${quotedTable(table)} where ${where}`,
    key.map((name) => row[name]),
  )
  for (const name of holes) row[name] = rows[0]?.[name] ?? null
}

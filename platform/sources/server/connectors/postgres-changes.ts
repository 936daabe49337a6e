import { Readable } from 'node:stream'
import pg from 'pg'
import { type Pgoutput, PgoutputPlugin } from 'pg-logical-replication'
import { Changes } from './changes.ts'
import type { Collected, CollectedPart, Collecting } from './connector.ts'
import { quotedTable } from './postgres-columns.ts'
import { makeSlot, slotAt, slotName } from './postgres-slots.ts'

/** A run takes about so many messages of the log, begins and ends of transactions among them; a transaction is never cut. */
const MOST_MESSAGES = 50_000
const BATCH = 1_000
/** Rows of one part: what is held in memory to find the last change of each row. */
const PART_ROWS = 50_000

/**
 * Changes by logical replication (`pgoutput`): looked at, not taken, from a slot of the feed's own. The slot moves on in
 * the next run, when the mark says that the rows are confirmed; so nothing is lost, and what comes twice changes nothing.
 * The first run, one whose slot is gone or whose table was emptied, and one that is to compare, takes the table whole.
 */
export async function collectChanges(
  client: pg.Client,
  collecting: Collecting,
  wholeTable: () => Promise<Collected | undefined>,
): Promise<Collected | undefined> {
  const { feed, mark } = collecting
  const name = slotName(feed)
  const confirmed = await slotAt(client, name)
  if (mark === null || confirmed === undefined) {
    await collecting.noteSlot(name)
    const start = confirmed ?? (await makeSlot(client, name, feed.from))
    return markedAt(await wholeTable(), start)
  }
  await advance(client, name, mark, confirmed)
  const upTo = await currentPlace(client)
  if (collecting.takesWhole) {
    const whole = markedAt(await wholeTable(), upTo)
    return whole?.totals && { ...whole, totals: { ...whole.totals, fresh: await changesSince(client, name) } }
  }
  for (let from = mark; ; ) {
    const taken = await peek(client, name, upTo, collecting)
    if (taken === 'emptied') return markedAt(await wholeTable(), upTo)
    if (taken.parts.length > 0) return { ...taken, isWhole: false }
    // Nothing of this table: the log before this place need not be kept for it.
    const seen = taken.hasMore && taken.mark !== null ? taken.mark : upTo
    await advance(client, name, seen, from)
    if (!taken.hasMore) return undefined
    from = seen
  }
}

const markedAt = (collected: Collected | undefined, mark: string): Collected | undefined =>
  collected && { ...collected, mark }

const advance = (client: pg.Client, name: string, to: string, notBefore: string) =>
  client.query(`select pg_replication_slot_advance($1, greatest($2::pg_lsn, $3::pg_lsn))`, [name, to, notBefore])

async function currentPlace(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ at: string }>('select pg_current_wal_flush_lsn()::text as at')
  return rows[0]?.at ?? ''
}

/** How many rows were changed since the place of the slot: messages that begin with I, U or D. */
async function changesSince(client: pg.Client, name: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `select count(*) from pg_logical_slot_peek_binary_changes($1, null, null, 'proto_version', '1',
      'publication_names', $2) where get_byte(data, 0) in (73, 85, 68)`,
    [name, name],
  )
  return Number(rows[0]?.count ?? 0)
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
  let [mark, messages, rows]: [string | null, number, number] = [null, 0, 0]
  const flush = async () => parts.push(...(await keepChanges(client, changes, collecting)))
  await client.query('begin')
  await client.query(
    `declare changes no scroll cursor for select encode(data, 'hex') from pg_logical_slot_peek_binary_changes(
      ${pg.escapeLiteral(slot)}, ${pg.escapeLiteral(upTo)}, ${MOST_MESSAGES}, 'proto_version', '1', 'publication_names',
      ${pg.escapeLiteral(slot)})`,
  )
  for (;;) {
    const batch = await client.query<string[]>({ text: `fetch ${BATCH} from changes`, rowMode: 'array' })
    if (batch.rows.length === 0) break
    messages += batch.rows.length
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
  return { parts, mark, hasMore: messages >= MOST_MESSAGES }
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

import { sql } from 'kysely'
import { type Actor, InvalidInput, type Work, words } from '#runtime'
import type { FileOfRows, Removal, RemoveByKeys } from '../../contract.ts'
import { slotsOf } from '../cells/plan.ts'
import { listOf, supersede } from '../corrections/refused-rows.ts'
import { deskRight } from '../rows/access.ts'
import { removeRows, tableOf } from '../rows/registry-service.ts'
import { quoted, quotedList, type Storage } from '../storage.ts'
import { columnTypes } from '../store/stage.ts'
import { ORIGIN_COLUMNS } from './copy-rows.ts'
import { keysIn } from './key-set.ts'
import { stagedColumns } from './prepare-chunk.ts'
import { startReader } from './reader.ts'
import { keySlots, type LoadParts } from './run-load.ts'

const CHUNK_ROWS = 10_000
const CHUNK_BYTES = 8 << 20
/** Rows deleted in one statement. */
const HANDFUL = 5_000

/** See `DataDesk.removeByKeys`. */
export const removeByKeys = (
  parts: LoadParts,
  actor: Actor,
  request: RemoveByKeys,
  signal: AbortSignal,
): Promise<Removal> =>
  parts.app.work(actor, async (work) => {
    const dataset = parts.catalogue.get(request.dataset)
    deskRight(dataset)
    const storage = tableOf(dataset)
    await makeKeyTable(work, storage)
    for (const file of request.files) await gatherKeys(work, parts, storage, request, file, signal)
    signal.throwIfAborted()
    const { ids, of } = await chosen(work, storage, request.which)
    const { most } = request
    if (most !== undefined && ids.length > Math.max(most.rows, most.share * of))
      return { rows: ids.length, of, isDone: false }
    for (let at = 0; at < ids.length; at += HANDFUL) await removeRows(work, storage, ids.slice(at, at + HANDFUL))
    if (ids.length > 0)
      work.audit({
        event: 'registry.row.removed',
        subject: { kind: 'registry.dataset', id: request.dataset },
        details: { rows: ids.length },
      })
    return { rows: ids.length, of, isDone: true }
  })

const KEYS = sql.raw('pg_temp.keys_of_file')

async function makeKeyTable({ tx }: Work, storage: Storage): Promise<void> {
  const typed = storage.columns
    .filter(({ name }) => storage.key.includes(name) || storage.key.includes(`${name}_index`))
    .map(({ name, type }) => `${quoted(name)} ${type}`)
  await sql`create temp table keys_of_file (${sql.raw(typed.join(', '))}, _line int, _since timestamptz, _by text,
    _load bigint) on commit drop`.execute(tx)
}

/** Reads only the key of each row, so that a row which is refused for another field still counts as being there. */
async function gatherKeys(
  work: Work,
  parts: LoadParts,
  storage: Storage,
  { dataset, which }: RemoveByKeys,
  { file, reading, columns }: FileOfRows,
  signal: AbortSignal,
): Promise<void> {
  const slots = slotsOf(storage, (list) => parts.catalogue.codes(list))
  const key = keySlots(storage.dataset.key, slots)
  const ofKey = columns.map((id) => (id !== null && key.includes(id) ? id : null))
  if (key.some((id) => !ofKey.includes(id)))
    throw new InvalidInput('key-unmapped', words('主键没有对应的列', 'A field of the key has no column'))
  const origin = { since: work.at.toISOString(), by: work.actor.id, load: 0 }
  const types = await columnTypes(work.tx, storage)
  const preparation = { slots, columns: ofKey, types, key, keys: parts.keys(), origin }
  const into = `pg_temp.keys_of_file (${quotedList([...stagedColumns(preparation), ...ORIGIN_COLUMNS])})`
  const reader = startReader({
    file: parts.files.pathOf(file.sm3),
    reading,
    preparation,
    skip: 0,
    chunkRows: CHUNK_ROWS,
    chunkBytes: CHUNK_BYTES,
    workers: 1,
    turn: 0,
  })
  const own = listOf({ dataset, by: work.actor.id, organisation: work.actor.organisation ?? '' })
  try {
    for (let message = await reader.next(); message.kind !== 'end'; message = await reader.next()) {
      signal.throwIfAborted()
      if (message.kind !== 'chunk') continue
      const { rows, keys } = message.prepared
      await parts.copyIn.rows(work.tx, into, rows)
      if (which === 'listed') await supersede(work, own, keysIn(keys))
      reader.done()
    }
  } finally {
    await reader.stop()
  }
}

async function chosen({ tx }: Work, storage: Storage, which: RemoveByKeys['which']) {
  const table = sql.raw(quoted(storage.table))
  const sameKey = sql.raw(storage.key.map((name) => `t.${quoted(name)} = k.${quoted(name)}`).join(' and '))
  await sql`analyze ${KEYS}`.execute(tx)
  const mine = which === 'listed' ? sql`true` : sql`t._by = ${which.missing.writtenBy}`
  const isListed = sql`exists (select from ${KEYS} k where ${sameKey})`
  const { rows } = await sql<{ _id: number }>`
    select t._id from ${table} t where ${mine} and ${which === 'listed' ? isListed : sql`not ${isListed}`}
    order by t._id`.execute(tx)
  const all = await sql<{ of: number }>`select count(*) as of from ${table} t where ${mine}`.execute(tx)
  return { ids: rows.map(({ _id }) => _id), of: Number(all.rows[0]?.of ?? 0) }
}

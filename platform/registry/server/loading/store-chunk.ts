import { type RawBuilder, sql } from 'kysely'
import type { Work } from '#runtime'
import type { Written } from '../../contract.ts'
import { noteKeys, noteRefused } from '../corrections/refused-rows.ts'
import type { RawRow } from '../reading/reading.ts'
import { tellRowsChanged } from '../rows/rows-changed.ts'
import type { FieldKeys } from '../sealer.ts'
import { quoted, quotedList, type Storage } from '../storage.ts'
import type { CopyIn } from '../store/copy-in.ts'
import { merge } from '../store/merge.ts'
import { brokenRules, STAGED, stageRows } from '../store/stage.ts'
import { type RegistryRow, registryTables } from '../tables.ts'
import { ORIGIN_COLUMNS } from './copy-rows.ts'
import { keysIn, lineAt } from './key-set.ts'
import type { FromWorker } from './load-worker.ts'
import { isBeingFilled } from './lookups.ts'
import type { Refusal } from './prepare-chunk.ts'

export type Load = RegistryRow<'registry.load'>
export type Chunk = Extract<FromWorker, { kind: 'chunk' }>

export interface ChunkParts {
  readonly copyIn: CopyIn
  readonly keys: FieldKeys
  readonly storage: Storage
  /** Columns of the chunk. */
  readonly columns: readonly string[]
  /** Cells of lines of this chunk. */
  readonly rawOf: (lines: readonly number[]) => Promise<readonly RawRow[]>
  /** See `hasListed`. */
  readonly hasListed: boolean
}

/**
 * Stores one chunk with its corrections and the place in the file, all or nothing.
 * @returns false if the load has been cancelled, another process has gone past this place, or has to wait for another load
 */
export async function storeChunk(work: Work, id: number, chunk: Chunk, parts: ChunkParts): Promise<boolean> {
  const db = registryTables(work.tx)
  const load = await db.selectFrom('registry.load').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (load?.state !== 'loading' || load.rows_read !== chunk.from) return false
  if (await isBeingFilled(work.tx, id, parts.storage)) return false
  const { written, broken } = (await copyNew(work, load, chunk, parts)) ?? (await mergeStaged(work, load, chunk, parts))
  const refused = [...chunk.prepared.refused, ...broken]
  if (parts.hasListed)
    await noteKeys(work, load, [...keysIn(chunk.prepared.keys), ...refused.flatMap(({ key }) => key ?? [])])
  await noteRefused(work, load, refused, parts.keys)
  tellRowsChanged(work, load.dataset, written)
  await db
    .updateTable('registry.load')
    .set({
      rows_read: chunk.to,
      bytes_read: chunk.bytes,
      inserted: load.inserted + written.inserted,
      changed: load.changed + written.changed,
      same: load.same + written.same,
      refused: load.refused + refused.length,
      moved_at: work.at,
    })
    .where('id', '=', id)
    .execute()
  work.emit({ topic: 'registry.load.moved', key: String(id), audience: { right: 'registry.load.read' } })
  return true
}

interface Stored {
  readonly written: Written
  /** Rows that break a quality rule of the dataset. */
  readonly broken: readonly Refusal[]
}

const UNIQUE_VIOLATION = '23505'

/**
 * Copies a chunk straight into the table as long as all rows of the import are new. The unique key is the judge; where it
 * is set aside, the table was empty and nobody else inserts.
 * @returns undefined if the chunk has to be compared with what is stored
 */
async function copyNew(work: Work, load: Load, chunk: Chunk, parts: ChunkParts): Promise<Stored | undefined> {
  const { storage, columns, copyIn } = parts
  const { rows } = chunk.prepared
  if (load.changed + load.same > 0) return undefined
  const name = quoted(storage.table)
  const table = sql.raw(name)
  const found = await sql<{ last: number | null }>`select max(_id) as last from ${table}`.execute(work.tx)
  const last = found.rows[0]?.last ?? 0
  if (load.rows_read === 0 && last > 0) return undefined
  await sql`savepoint copy_new`.execute(work.tx)
  try {
    await copyIn.rows(work.tx, `${name} (${quotedList([...columns, ...ORIGIN_COLUMNS])})`, rows)
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
    await sql`rollback to savepoint copy_new`.execute(work.tx)
    return undefined
  }
  const isCopied = sql`_id > ${last} and _load = ${load.id}`
  const broken = await refuseBroken(
    work,
    parts,
    chunk.prepared,
    sql`(select * from ${table} where ${isCopied}) as copied`,
    (lines) => sql`delete from ${table} where ${isCopied} and _line = any(${lines})`.execute(work.tx),
  )
  return { written: { inserted: rows.ends.length - broken.length, changed: 0, same: 0 }, broken }
}

/** Compares a chunk with what is stored. */
async function mergeStaged(work: Work, load: Load, chunk: Chunk, parts: ChunkParts): Promise<Stored> {
  const { storage, columns, copyIn } = parts
  const { rows } = chunk.prepared
  await stageRows(work.tx, copyIn, storage, columns, rows)
  const broken = await refuseBroken(work, parts, chunk.prepared, STAGED, (lines) =>
    sql`delete from ${STAGED} where _line = any(${lines})`.execute(work.tx),
  )
  const origin = { at: work.at, by: load.by, load: load.id }
  const staged = rows.ends.length - broken.length
  return { written: await merge(work.tx, storage, STAGED, columns, staged, origin), broken }
}

/** Takes rows that break a quality rule of the dataset out again. */
async function refuseBroken(
  work: Work,
  { storage, columns, rawOf }: ChunkParts,
  { keys }: Chunk['prepared'],
  source: RawBuilder<unknown>,
  remove: (lines: readonly number[]) => Promise<unknown>,
): Promise<Refusal[]> {
  const reasons = await brokenRules(work.tx, storage, columns, source)
  if (reasons.size === 0) return []
  const lines = [...reasons.keys()]
  await remove(lines)
  const raw = await rawOf(lines)
  const keyOf = new Map(keysIn(keys).map((key, row) => [lineAt(keys, row), key]))
  return raw.map(({ line, cells }) => ({ line, cells, key: keyOf.get(line) ?? null, reasons: reasons.get(line) ?? [] }))
}

import { sql } from 'kysely'
import type { Work } from '#runtime'
import type { Written } from '../../contract.ts'
import type { RawRow } from '../reading/reading.ts'
import { tellRowsChanged } from '../rows/rows-changed.ts'
import { type FieldKeys, sealColumn } from '../sealer.ts'
import { quoted, quotedList, type Storage } from '../storage.ts'
import type { CopyIn } from '../store/copy-in.ts'
import { merge } from '../store/merge.ts'
import { brokenRules, stageText } from '../store/stage.ts'
import { type RegistryRow, registryTables } from '../tables.ts'
import type { FromWorker } from './load-worker.ts'
import { ORIGIN_COLUMNS, type Refusal } from './prepare-chunk.ts'

export type Load = RegistryRow<'registry.load'>
export type Chunk = Extract<FromWorker, { kind: 'chunk' }>

export interface ChunkParts {
  readonly copyIn: CopyIn
  readonly keys: FieldKeys
  readonly storage: Storage
  /** Columns of the chunk's text. */
  readonly columns: readonly string[]
  /** Cells of lines of this chunk. */
  readonly rawOf: (lines: readonly number[]) => Promise<readonly RawRow[]>
}

/** What sealed cells of corrections are bound to. */
export const CORRECTION_CELLS = 'registry.correction.cells'

/**
 * Stores one chunk with its corrections and the place in the file, all or nothing.
 * @returns false if the load has been cancelled, or another process has gone past this place
 */
export async function storeChunk(work: Work, id: number, chunk: Chunk, parts: ChunkParts): Promise<boolean> {
  const db = registryTables(work.tx)
  const load = await db.selectFrom('registry.load').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (load?.state !== 'loading' || load.rows_read !== chunk.from) return false
  const broken: Refusal[] = []
  let written = await copyNew(work, load, chunk, parts)
  if (!written) {
    await stageText(work.tx, parts.copyIn, parts.storage, parts.columns, chunk.text)
    broken.push(...(await refuseBroken(work, parts)))
    const origin = { at: work.at, by: load.by, load: id }
    const good = chunk.good - broken.length
    written = await merge(work.tx, parts.storage, sql.raw('pg_temp.staged'), parts.columns, good, origin)
  }
  const refused = [...chunk.refused, ...broken]
  await keepRefused(work, load, refused, parts.keys)
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

const UNIQUE_VIOLATION = '23505'

/**
 * Copies a chunk straight into the table as long as all rows of the import are new; the unique key is the judge.
 * @returns undefined if the chunk has to be compared with what is stored
 */
async function copyNew(work: Work, load: Load, chunk: Chunk, parts: ChunkParts): Promise<Written | undefined> {
  const { storage, columns, copyIn } = parts
  if (storage.dataset.quality?.length || load.changed + load.same > 0) return undefined
  const table = quoted(storage.table)
  if (load.rows_read === 0) {
    const { rows } = await sql.raw<{ any: boolean }>(`select exists (select from ${table}) as any`).execute(work.tx)
    if (rows[0]?.any) return undefined
  }
  await sql`savepoint copy_new`.execute(work.tx)
  try {
    await copyIn.run(work.tx, `copy ${table} (${quotedList([...columns, ...ORIGIN_COLUMNS])}) from stdin`, chunk.text)
    return { inserted: chunk.good, changed: 0, same: 0 }
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
    await sql`rollback to savepoint copy_new`.execute(work.tx)
    return undefined
  }
}

/** Takes staged rows that break a quality rule of the dataset out again. */
async function refuseBroken(work: Work, { storage, columns, rawOf }: ChunkParts): Promise<Refusal[]> {
  const reasons = await brokenRules(work.tx, storage, columns)
  if (reasons.size === 0) return []
  const lines = [...reasons.keys()]
  await sql`delete from pg_temp.staged where _line = any(${lines})`.execute(work.tx)
  const raw = await rawOf(lines)
  return raw.map(({ line, cells }) => ({ line, cells, reasons: reasons.get(line) ?? [] }))
}

/** A line that failed before, in an earlier import of the same file, is not listed twice. */
async function keepRefused(work: Work, load: Load, refused: readonly Refusal[], keys: FieldKeys): Promise<void> {
  if (refused.length === 0) return
  const { sealed } = sealColumn(
    keys,
    CORRECTION_CELLS,
    refused.map(({ cells }) => JSON.stringify(cells)),
  )
  const lines = refused.map(({ line }) => line)
  const reasons = refused.map((each) => JSON.stringify(each.reasons))
  await sql`
    insert into registry.correction (dataset, file, load, line, cells, reasons)
    select ${load.dataset}, ${load.file}, ${load.id}, line, cells, reasons
    from unnest(${lines}::int[], ${sealed}::bytea[], ${reasons}::jsonb[]) as u (line, cells, reasons)
    on conflict (dataset, file, line) do nothing`.execute(work.tx)
}

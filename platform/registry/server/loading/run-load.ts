import { availableParallelism } from 'node:os'
import { sql } from 'kysely'
import { type App, alone, system, type Work, words } from '#runtime'
import { slotsOf } from '../cells/plan.ts'
import { hasListed, settleCame } from '../corrections/refused-rows.ts'
import type { Catalogue } from '../datasets/catalogue.ts'
import type { FileStore } from '../file-store.ts'
import type { ReadDays } from '../rows/read-days.ts'
import type { FieldKeys } from '../sealer.ts'
import { type Storage, storageOf } from '../storage.ts'
import type { CopyIn } from '../store/copy-in.ts'
import { columnTypes } from '../store/stage.ts'
import { registryTables } from '../tables.ts'
import { KeySet } from './key-set.ts'
import { restoreLookups, setLookupsAside } from './lookups.ts'
import { type Preparation, stagedColumns } from './prepare-chunk.ts'
import { type Reader, startReader, UnreadableFile } from './reader.ts'
import { refuseRepeated } from './refuse-repeated.ts'
import { queueOpenLoads } from './resume-loads.ts'
import { type Load, storeChunk } from './store-chunk.ts'

export interface LoadParts {
  readonly app: App
  readonly catalogue: Catalogue
  readonly files: FileStore
  readonly keys: () => FieldKeys
  readonly copyIn: CopyIn
  readonly readDays: ReadDays
}

const CHUNK_ROWS = 10_000
const CHUNK_BYTES = 4_000_000
/** Threads that prepare a text file; more than two would only wait for the database. */
const CSV_READERS = Math.min(2, availableParallelism())

/** Runs an import to its end, from where it stood; one process at a time works on it. */
export async function runLoad(parts: LoadParts, id: number, signal: AbortSignal): Promise<void> {
  await alone(parts.app, 'registry.load', String(id), () => runLocked(parts, id, signal))
}

async function runLocked(parts: LoadParts, id: number, signal: AbortSignal): Promise<void> {
  const { app } = parts
  const load = await registryTables(app.db)
    .selectFrom('registry.load')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (load?.state !== 'loading') return
  const storage = storageOf(parts.catalogue.get(load.dataset))
  if (!storage) return
  await setLookupsAside(app, load, storage)
  try {
    const how = await readFile(parts, load, storage, signal)
    if (how === 'keys-changed') await runLocked(parts, id, signal)
    else if (how === 'end') await finish(parts, load, storage, 'done')
    else if (!signal.aborted) await restoreLookups(app, id)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    app.log.warn({ load: id, reason: error.message }, 'file cannot be read')
    await finish(parts, load, storage, 'failed')
  }
}

/** @returns why it stopped; after a change of keys it has to go on under the new ones */
async function readFile(
  parts: LoadParts,
  load: Load,
  storage: Storage,
  signal: AbortSignal,
): Promise<'end' | 'stopped' | 'keys-changed'> {
  const { app, catalogue, files, copyIn } = parts
  const keys = parts.keys()
  const slots = slotsOf(storage, (list) => catalogue.codes(list))
  const preparation: Preparation = {
    slots,
    columns: load.columns,
    types: await columnTypes(app.db, storage),
    key: keySlots(storage.dataset.key, slots),
    keys,
    origin: { since: load.started_at.toISOString(), by: load.by, load: load.id },
  }
  const columns = stagedColumns(preparation)
  const workers = load.reading.format === 'csv' ? CSV_READERS : 1
  const readers = Array.from({ length: workers }, (_, turn) =>
    startReader({
      file: files.pathOf(load.file),
      reading: load.reading,
      preparation,
      skip: load.rows_read,
      chunkRows: CHUNK_ROWS,
      chunkBytes: CHUNK_BYTES,
      workers,
      turn,
    }),
  )
  const stop = () => void stopAll(readers)
  signal.addEventListener('abort', stop)
  const seen = new KeySet()
  const listed = await hasListed(app.db, load)
  const field = preparation.key[0] ?? null
  const keyPlace = { field, column: load.columns.indexOf(field) }
  try {
    for (let turn = 0; ; turn = (turn + 1) % workers) {
      const reader = readers[turn] as Reader
      const message = await reader.next()
      if (message.kind === 'end') return 'end'
      if (message.kind === 'known') seen.addAll(message.keys)
      if (message.kind !== 'chunk') continue
      const chunk = await refuseRepeated(message, seen, reader, keyPlace)
      // Once this process says that it seals under a new key, no later transaction may store what the worker sealed before.
      const isCurrent = () => parts.keys().field.current.id === keys.field.current.id
      const store = async (work: Work) =>
        isCurrent() &&
        (await storeChunk(work, load.id, chunk, {
          copyIn,
          keys,
          storage,
          columns,
          rawOf: reader.rawOf,
          hasListed: listed,
        }))
      if (signal.aborted) return 'stopped'
      if (!(await app.work(system('registry.load'), store))) return isCurrent() ? 'stopped' : 'keys-changed'
      reader.done()
    }
  } finally {
    signal.removeEventListener('abort', stop)
    await stopAll(readers)
  }
}

const stopAll = (readers: readonly Reader[]): Promise<unknown> => Promise.all(readers.map((reader) => reader.stop()))

/** Slots of the fields of a key. */
export const keySlots = (
  key: readonly string[],
  slots: readonly { readonly id: string; readonly field: string }[],
): string[] => key.flatMap((field) => slots.filter((slot) => slot.field === field).map(({ id }) => id))

async function finish({ app }: LoadParts, load: Load, { table }: Storage, state: 'done' | 'failed'): Promise<void> {
  const { id, dataset } = load
  await restoreLookups(app, id)
  await sql`select registry.analyse(${table})`.execute(app.db)
  await app.work(system('registry.load'), async (work) => {
    const problem = words(
      '文件无法读到末尾，请检查文件是否完整、格式是否正确',
      'The file cannot be read to its end; check that it is whole and of the right format',
    )
    const done = await registryTables(work.tx)
      .updateTable('registry.load')
      .set({
        state,
        ended_at: work.at,
        moved_at: work.at,
        ...(state === 'failed' ? { problem: JSON.stringify(problem) } : {}),
      })
      .where('id', '=', id)
      .where('state', '=', 'loading')
      .returning(['dataset', 'inserted', 'changed', 'same', 'refused'])
      .executeTakeFirst()
    if (!done) return
    await settleCame(work, load)
    work.audit({
      event: 'registry.load.ended',
      subject: { kind: 'registry.load', id: String(id) },
      details: { ...done, state },
    })
    work.emit({ topic: 'registry.load.ended', key: String(id), audience: { right: 'registry.load.read' } })
    await queueOpenLoads(work, dataset)
  })
}

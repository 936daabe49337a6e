import { sql } from 'kysely'
import { type App, type Db, Defect, system, type Work } from '#runtime'
import type { Row, UnsealedRows } from '../../contract.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { quoted, quotedList, type Storage } from '../storage.ts'
import type { Values } from './decode.ts'
import type { StoredRow } from './read-page.ts'
import { rowsOf, tableOf } from './registry-service.ts'

/** Rows opened at a time: some ten milliseconds of work between two other things of this thread. */
const BATCH = 2000

/** Rows as they were written, for the purposes that modules declare; see `UnsealedRows`. */
export function unsealedRows(parts: LoadParts): UnsealedRows {
  const { app, catalogue } = parts
  const storageFor = (purpose: string, dataset: string) => {
    const declared = app.declared('unsealedPurposes').find(({ entry }) => entry.id === purpose)
    if (!declared?.entry.datasets.includes(dataset))
      throw new Defect(`No module declares that "${dataset}" is read unsealed for "${purpose}".`)
    return tableOf(catalogue.get(dataset))
  }
  return {
    stream: (purpose, dataset, fields) => stream(parts, storageFor(purpose, dataset), purpose, fields),
    rows: (work, purpose, dataset, ids, at) => rowsAt(work, parts, storageFor(purpose, dataset), ids, at),
  }
}

async function* stream(parts: LoadParts, storage: Storage, purpose: string, fields: readonly string[]) {
  await noteRead(parts.app, storage, purpose)
  const wanted = new Set(fields)
  const columns = storage.fields.filter(({ name }) => wanted.has(name)).map((field) => field.columns[0]?.name ?? '')
  const read = sql.raw(`select _id, _version, _since, _by, _load, _line, ${quotedList(columns)}`)
  const table = sql.raw(quoted(storage.table))
  for (let after = 0; ; ) {
    const { rows } = await sql<StoredRow>`${read} from ${table} where _id > ${after} order by _id
      limit ${BATCH}`.execute(parts.app.db)
    if (rows.length === 0) return
    yield rowsOf<Values>(storage, parts, rows, wanted)
    after = rows.at(-1)?._id ?? after
  }
}

/** A bulk read is a read of personal data like any other. */
const noteRead = (app: App, { dataset }: Storage, purpose: string): Promise<void> =>
  app.work(
    system(purpose),
    async (work) =>
      work.audit({
        event: 'registry.row.unsealed',
        subject: { kind: 'dataset', id: dataset.id },
        details: { purpose },
      }),
    { purpose },
  )

async function rowsAt(
  work: Work,
  parts: LoadParts,
  storage: Storage,
  ids: readonly number[],
  at: Date | undefined,
): Promise<readonly Row<Values>[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<StoredRow>`select * from ${sql.raw(quoted(storage.table))}
    where _id = any(${[...ids]}) order by _id`.execute(work.tx)
  if (!at) return rowsOf(storage, parts, rows)
  const known = rows.filter(({ _since }) => _since <= at)
  const later = ids.filter((id) => !known.some(({ _id }) => _id === id))
  return rowsOf(storage, parts, [...known, ...(await versionsAt(work.tx, storage, later, at))])
}

async function versionsAt(db: Db, { dataset }: Storage, ids: readonly number[], at: Date): Promise<StoredRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ row: number; data: object } & Record<string, unknown>>`
    select row, data, version, since, by, load, line from registry.history
    where dataset = ${dataset.id} and row = any(${[...ids]}) and since <= ${at} and until > ${at}`.execute(db)
  return rows.map(
    ({ row, data, version, since, by, load, line }) =>
      ({ ...data, _id: row, _version: version, _since: since, _by: by, _load: load, _line: line }) as StoredRow,
  )
}

import { sql } from 'kysely'
import type { RowSight } from '../../contract.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { quoted } from '../storage.ts'
import { askPurpose, readScope, scopeSql } from './access.ts'
import { conditionsSql } from './conditions.ts'
import { noteRead } from './note-read.ts'
import { type StoredRow, whereSql } from './read-page.ts'
import { tableOf } from './registry-service.ts'
import { viewRows } from './view-rows.ts'
import { rowWithin } from './write-row.ts'

const MOST = 1000

/** Rows as their reader may see them, for modules that show rows of any dataset. */
export const rowSightService = (parts: LoadParts): RowSight => ({
  rows: async (work, dataset, ids) => {
    const storage = tableOf(parts.catalogue.get(dataset))
    const scope = readScope(work.actor, storage.dataset)
    askPurpose(work, storage)
    const within = await scopeSql(parts, work.tx, storage, work.actor, scope)
    const where = whereSql([sql`_id = any(${ids.slice(0, MOST)})`, ...within])
    const { rows } = await sql<StoredRow>`
      select * from ${sql.raw(quoted(storage.table))} ${where} order by _id`.execute(work.tx)
    noteRead(
      work,
      storage.dataset,
      rows.map(({ _id }) => _id),
    )
    return viewRows(storage, parts.keys, work.actor, rows, false)
  },
  version: async (work, dataset, row) =>
    (await rowWithin(work.tx, tableOf(parts.catalogue.get(dataset)), row, []))?._version,
  find: async (work, dataset, equal) => {
    const storage = tableOf(parts.catalogue.get(dataset))
    const conditions = Object.fromEntries(Object.entries(equal).map(([field, value]) => [field, { is: value }]))
    const where = whereSql(conditionsSql(storage, parts.keys(), conditions))
    const { rows } = await sql<{ _id: number }>`
      select _id from ${sql.raw(quoted(storage.table))} ${where} order by _id limit 20`.execute(work.tx)
    return rows.map(({ _id }) => _id)
  },
})

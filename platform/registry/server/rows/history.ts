import type { Db } from '#runtime'
import type { Storage } from '../storage.ts'
import { registryTables } from '../tables.ts'
import type { StoredRow } from './read-page.ts'

export interface PastVersion {
  readonly stored: StoredRow
  readonly until: Date
  readonly endedBy: string
  /** The row was deleted, not replaced. */
  readonly deleted: boolean
}

const MOST = 200

/** Versions of a row that hold no more, latest first. */
export async function rowHistory(db: Db, { dataset }: Storage, row: number): Promise<PastVersion[]> {
  const versions = await registryTables(db)
    .selectFrom('registry.history')
    .selectAll()
    .where('dataset', '=', dataset.id)
    .where('row', '=', row)
    .orderBy('version', 'desc')
    .limit(MOST)
    .execute()
  return versions.map(({ data, version, since, until, by, ended_by, deleted, load, line }) => ({
    stored: { ...data, _id: row, _version: version, _since: since, _by: by, _load: load, _line: line },
    until,
    endedBy: ended_by,
    deleted,
  }))
}

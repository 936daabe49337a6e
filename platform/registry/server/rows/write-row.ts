import { type RawBuilder, sql } from 'kysely'
import { type Db, Forbidden, type Work, words } from '#runtime'
import type { Written } from '../../contract.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { quoted, type Storage } from '../storage.ts'
import { scopeSql, writeScope } from './access.ts'
import { type StoredRow, whereSql } from './read-page.ts'
import { registryService, rowsWith } from './registry-service.ts'

type Values = Readonly<Record<string, unknown>>

/** A row by its number, if the conditions let it through. */
export async function rowWithin(
  db: Db,
  storage: Storage,
  row: number,
  where: readonly RawBuilder<unknown>[],
): Promise<StoredRow | undefined> {
  const { rows } = await sql<StoredRow>`
    select * from ${sql.raw(quoted(storage.table))} ${whereSql([sql`_id = ${row}`, ...where])}`.execute(db)
  return rows[0]
}

/**
 * Writes rows by hand. Somebody of limited reach may neither touch a row out of reach nor move one there.
 * @throws Forbidden; nothing is written then
 */
export async function writeRows(
  work: Work,
  parts: LoadParts,
  storage: Storage,
  rows: readonly Values[],
): Promise<Written> {
  const within = await scopeSql(parts, work.tx, storage, work.actor, writeScope(work.actor, storage.dataset))
  await refuseOutside(work, parts, storage, rows, within)
  const written = await registryService(parts).write(work, storage.dataset, rows)
  await refuseOutside(work, parts, storage, rows, within)
  return written
}

async function refuseOutside(
  work: Work,
  parts: LoadParts,
  storage: Storage,
  rows: readonly Values[],
  within: readonly RawBuilder<unknown>[],
): Promise<void> {
  if (within.length === 0) return
  for (const row of rows)
    for (const { _id } of await rowsWith(work, storage, parts, row))
      if (!(await rowWithin(work.tx, storage, _id, within)))
        throw new Forbidden('out-of-reach', words('有的数据不在您的管辖范围内', 'Some rows are out of your reach'))
}

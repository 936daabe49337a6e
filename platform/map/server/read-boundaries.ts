import { type Db, NotFound, tables } from '#runtime'
import type { Level } from '../layer.ts'
import type { MapTables } from './tables.ts'

const COLUMNS = ['code', 'level', 'name', 'name_en', 'source', 'review', 'valid_from', 'valid_to'] as const

/** Boundaries in force without their lines, by code. */
export async function listBoundaries(db: Db, query: { readonly level?: Level; readonly within?: string }) {
  const rows = await tables<MapTables>(db)
    .selectFrom('map.boundary')
    .select(COLUMNS)
    .where('valid_to', 'is', null)
    .$if(query.level !== undefined, (rows) => rows.where('level', '=', query.level ?? 'county'))
    .$if(query.within !== undefined, (rows) => rows.where('code', 'like', `${query.within}%`))
    .orderBy('code')
    .execute()
  return rows.map(named)
}

/** A boundary and those before it, the newest first. @throws NotFound */
export async function boundaryHistory(db: Db, code: string) {
  const rows = await tables<MapTables>(db)
    .selectFrom('map.boundary')
    .select([...COLUMNS, 'geometry'])
    .where('code', '=', code)
    .orderBy('valid_from', 'desc')
    .limit(50)
    .execute()
  if (rows.length === 0) throw new NotFound()
  return rows.map((row) => ({ ...named(row), geometry: row.geometry }))
}

const named = (row: Pick<import('kysely').Selectable<MapTables['map.boundary']>, (typeof COLUMNS)[number]>) => ({
  ...{ code: row.code, level: row.level, name: row.name, nameEn: row.name_en },
  ...{ source: row.source, review: row.review, validFrom: row.valid_from, validTo: row.valid_to },
})

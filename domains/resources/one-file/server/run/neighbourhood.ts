import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { Reading } from '../../declarations/readings.ts'
import { readings } from '../../declarations/readings.ts'
import type { Gathered, Taken } from './gathered.ts'
import { KEYS } from './keys.ts'

/** A key that more records share tells nobody apart. */
const MOST_SHARED = 400
const BATCH = 5000

/**
 * Rows that may be about the same people and firms as those just taken: all that share a key with them, and all rows of
 * the entities so found, without those taken already.
 */
export async function neighbours(db: Db, taken: Taken): Promise<ReadonlyMap<Reading, readonly number[]>> {
  const entities = new Set<number>()
  for (const kind of ['person', 'firm'] as const) await addEntities(db, taken[kind], entities)
  const rows = new Map<Reading, Set<number>>()
  const all = [...entities]
  for (let from = 0; from < all.length; from += BATCH) {
    const found = await sql<{ dataset: string; row: number }>`select distinct dataset, row from one_file.record
      where entity = any(${all.slice(from, from + BATCH)}::bigint[])`.execute(db)
    for (const { dataset, row } of found.rows) {
      const reading = readings.find((each) => each.dataset === dataset)
      if (reading) rows.set(reading, (rows.get(reading) ?? new Set()).add(row))
    }
  }
  for (const kind of ['person', 'firm'] as const)
    for (let at = 0; at < taken[kind].count; at++) {
      const { dataset, row } = taken[kind].ref(at)
      const reading = readings.find((each) => each.dataset === dataset)
      if (reading) rows.get(reading)?.delete(row)
    }
  return new Map([...rows].map(([reading, set]) => [reading, [...set].sort((a, b) => a - b)]))
}

async function addEntities(db: Db, gathered: Gathered, into: Set<number>): Promise<void> {
  for (let at = 0; at < gathered.count; at++) {
    const prior = gathered.priorEntity(at)
    if (prior > 0) into.add(prior)
  }
  for (const [place, key] of KEYS.entries()) {
    const column = sql.raw(`${key}_key`)
    const values = new Set<string>()
    for (let at = 0; at < gathered.count; at++) {
      const value = gathered.key(place, at)
      if (value !== null) values.add(value)
    }
    const all = [...values]
    for (let from = 0; from < all.length; from += BATCH) {
      const { rows } = await sql<{ entities: number[] }>`
        select array_agg(distinct entity) as entities from one_file.record
        where kind = ${gathered.kind} and ${column} = any(${all.slice(from, from + BATCH)}::bigint[])
        group by ${column} having count(*) <= ${MOST_SHARED}`.execute(db)
      for (const { entities } of rows) for (const entity of entities) into.add(Number(entity))
    }
  }
}

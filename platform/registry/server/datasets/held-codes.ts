import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { HeldCodes } from '../../contract.ts'
import { columnName, quoted, storageOf } from '../storage.ts'
import type { Catalogue } from './catalogue.ts'

/** How many rows of each field that takes its values from a list hold one of these codes: one look through each table. */
export async function heldCodes(
  db: Db,
  catalogue: Catalogue,
  list: string,
  codes: readonly string[],
): Promise<HeldCodes[]> {
  if (codes.length === 0) return []
  const held: HeldCodes[] = []
  for (const { dataset } of catalogue.all()) {
    const storage = storageOf(dataset)
    const fields = storage?.fields.filter(({ meta }) => meta.codes === list && !meta.sealed) ?? []
    if (!storage || fields.length === 0) continue
    const counts = fields.map(
      ({ name }) => sql`count(*) filter (where ${sql.raw(quoted(columnName(name)))} = any(${[...codes]}::text[]))`,
    )
    const { rows } = await sql<{ counts: number[] }>`
      select array[${sql.join(counts)}]::float8[] as counts from ${sql.raw(quoted(storage.table))}`.execute(db)
    held.push(
      ...fields.flatMap(({ name }, at) => {
        const found = rows[0]?.counts[at] ?? 0
        return found > 0 ? [{ dataset: dataset.id, field: name, rows: found }] : []
      }),
    )
  }
  return held
}

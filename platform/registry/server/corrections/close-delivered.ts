import { type RawBuilder, sql } from 'kysely'
import type { Work } from '#runtime'
import { type Slot, slotsOf } from '../cells/plan.ts'
import { cellReader } from '../cells/read-cell.ts'
import { keySlots, type LoadParts } from '../loading/run-load.ts'
import { CORRECTION_CELLS } from '../loading/store-chunk.ts'
import { tableOf } from '../rows/registry-service.ts'
import { openColumn, searchIndexes } from '../sealer.ts'
import { quoted } from '../storage.ts'
import { type RegistryRow, registryTables } from '../tables.ts'

const BATCH = 500

type Load = RegistryRow<'registry.load'>
interface Open {
  readonly id: number
  readonly key: readonly string[]
}

/**
 * Closes rows of an import's correction list that have come in good order since: their key is stored in a version of a
 * later import. A row whose key itself was wrong is found by nobody; it is corrected in the list.
 */
export async function closeDelivered(work: Work, parts: LoadParts, load: Load): Promise<number> {
  const storage = tableOf(parts.catalogue.get(load.dataset))
  const slots = slotsOf(storage, (list) => parts.catalogue.codes(list))
  const key = keySlots(storage.dataset.key, slots).flatMap((id) => slots.find((slot) => slot.id === id) ?? [])
  let closed = 0
  for (let after = 0; ; ) {
    const page = await openRows(work, parts, load, key, after)
    if (page.last === after) return closed
    after = page.last
    closed += await close(work, await deliveredSince(work, parts, load, key, page.rows))
  }
}

async function openRows(work: Work, parts: LoadParts, load: Load, key: readonly Slot[], after: number) {
  const found = await registryTables(work.tx)
    .selectFrom('registry.correction')
    .select(['id', 'cells'])
    .where('dataset', '=', load.dataset)
    .where('file', '=', load.file)
    .where('state', '=', 'open')
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  const cells = openColumn(
    parts.keys(),
    CORRECTION_CELLS,
    found.map((row) => row.cells),
  )
  const readers = key.map((slot) => ({ at: load.columns.indexOf(slot.id), read: cellReader(slot) }))
  const rows = found.flatMap(({ id }, n): Open[] => {
    const raw = JSON.parse(cells[n] ?? '[]') as string[]
    const values = readers.map(({ at, read }) => read(raw[at] ?? ''))
    return values.every((value) => typeof value === 'string') ? [{ id, key: values as string[] }] : []
  })
  return { rows, last: found.at(-1)?.id ?? after }
}

/** Which of them are stored by a later import. */
async function deliveredSince(
  work: Work,
  parts: LoadParts,
  load: Load,
  key: readonly Slot[],
  rows: readonly Open[],
): Promise<readonly number[]> {
  if (rows.length === 0) return []
  const storage = tableOf(parts.catalogue.get(load.dataset))
  const keys = parts.keys()
  const wanted: RawBuilder<unknown>[] = [sql`${rows.map(({ id }) => id)}::bigint[]`]
  const equal: RawBuilder<unknown>[] = []
  for (const [at, slot] of key.entries()) {
    const alias = sql.raw(`k${at}`)
    if (slot.sealed) {
      const column = sql.raw(quoted(`${slot.column}_index`))
      wanted.push(sql`${rows.map((row) => searchIndexes(keys, slot.context, row.key[at] ?? '')[0] ?? null)}::bytea[]`)
      equal.push(sql`t.${column} = wanted.${alias}`)
      continue
    }
    const type = storage.columns.find(({ name }) => name === slot.column)?.type ?? 'text'
    wanted.push(sql`${rows.map((row) => row.key[at] ?? '')}::text[]`)
    equal.push(sql`t.${sql.raw(quoted(slot.column))} = wanted.${alias}::${sql.raw(type)}`)
  }
  const names = sql.raw(['id', ...key.map((_, at) => `k${at}`)].join(', '))
  const { rows: found } = await sql<{ id: number }>`
    select wanted.id from unnest(${sql.join(wanted)}) as wanted (${names})
    join ${sql.raw(quoted(storage.table))} t on ${sql.join(equal, sql` and `)}
    where t._load > ${load.id}`.execute(work.tx)
  return found.map(({ id }) => id)
}

async function close(work: Work, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  const done = await registryTables(work.tx)
    .updateTable('registry.correction')
    .set({ state: 'corrected', by: work.actor.id, at: work.at })
    .where('id', 'in', [...ids])
    .where('state', '=', 'open')
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

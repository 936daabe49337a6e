import { sql } from 'kysely'
import { type Db, system, type Work } from '#runtime'
import { slotsOf } from '../cells/plan.ts'
import { keysIn, lineAt } from '../loading/key-set.ts'
import { ChunkPreparer } from '../loading/prepare-chunk.ts'
import { keySlots, type LoadParts } from '../loading/run-load.ts'
import { blockOf } from '../reading/row-block.ts'
import { openColumn, sealColumn } from '../sealer.ts'
import { storageOf } from '../storage.ts'
import { columnTypes } from '../store/stage.ts'
import type { RegistryRow } from '../tables.ts'
import { CORRECTION_CELLS, type ListOfRows, supersedeOlder, tellSettled } from './refused-rows.ts'

type Row = Pick<RegistryRow<'registry.correction'>, 'id' | 'state' | 'by' | 'at'> & { readonly content: Buffer | null }
type OldRow = Row & { readonly cells: Buffer; readonly columns: readonly (string | null)[] }

/** Rows that are noted in one transaction. */
const BATCH = 500
const actor = system('registry.old-refusals')

/** Which of two states of the same row holds: what was decided, before what waits; what is past, unless it was waived. */
const RANKS: readonly Row['state'][] = ['open', 'dropped', 'corrected', 'superseded', 'waived']
const isStronger = (one: Row, other: Row): boolean => RANKS.indexOf(one.state) > RANKS.indexOf(other.state)

/** One of the lists with rows that were refused before their key and their content were noted. */
export async function findOldList(db: Db): Promise<ListOfRows | undefined> {
  const { rows } =
    await sql<ListOfRows>`select dataset, deliverer from registry.correction c where ${isOld} limit 1`.execute(db)
  return rows[0]
}

const isOld = sql`c.content is null and c.state <> 'superseded'`

/**
 * Notes keys and contents of rows that were refused before that was done by imports. A row that was listed once an import
 * stays as it came last, with what was decided about any of them. Goes on where it stopped.
 */
export async function noteOldRows(parts: LoadParts, signal: AbortSignal): Promise<void> {
  let isMore = true
  while (isMore && !signal.aborted)
    isMore = await parts.app.work(actor, async (work) => {
      const list = await findOldList(work.tx)
      if (list) await noteSome(work, parts, list)
      return list !== undefined
    })
}

async function noteSome(work: Work, parts: LoadParts, list: ListOfRows): Promise<void> {
  const { dataset, deliverer } = list
  const { rows: old } = await sql<OldRow>`
    select c.id, c.state, c.by, c.at, c.content, c.cells, l.columns
    from registry.correction c join registry.load l on l.id = c.load
    where c.dataset = ${dataset} and c.deliverer = ${deliverer} and ${isOld}
    order by c.id desc limit ${BATCH} for update of c`.execute(work.tx)
  const keys = parts.keys()
  const cells = openColumn(
    keys,
    CORRECTION_CELLS,
    old.map((row) => row.cells),
  ).map((text) => text ?? '[]')
  const { index } = sealColumn(keys, CORRECTION_CELLS, cells)
  const { rows: noted } = await sql<Row>`select id, state, by, at, content from registry.correction
    where dataset = ${dataset} and deliverer = ${deliverer} and content = any(${index}::bytea[])`.execute(work.tx)
  const merged = merge(
    noted,
    old.map((row, at) => ({ ...row, content: index[at] ?? null })),
    work,
  )
  const keyOf = await readKeys(work, parts, dataset, old, cells)
  const column = <T>(of: (row: Row) => T): T[] => merged.map(of)
  await sql`update registry.correction c set state = u.state, by = u.by, at = u.at, content = u.content,
      key = coalesce(c.key, decode(u.key, 'hex'))
    from unnest(${column(({ id }) => id)}::bigint[], ${column(({ state }) => state)}::text[], ${column(({ by }) => by)}::text[],
      ${column(({ at }) => at)}::timestamptz[], ${column(({ content }) => content)}::bytea[],
      ${column(({ id }) => keyOf.get(id) ?? null)}::text[]) as u (id, state, by, at, content, key)
    where c.id = u.id`.execute(work.tx)
  await supersedeOlder(work, list, [...keyOf.values()])
  tellSettled(work, list)
}

/** @param old newest first @returns rows as they are to be: of each content one bears it, the others are past */
function merge(noted: readonly Row[], old: readonly Row[], { actor, at }: Work): readonly Row[] {
  const kept = new Map(noted.map((row) => [String(row.content?.toString('hex')), row]))
  const past: Row[] = []
  for (const row of old) {
    const content = String(row.content?.toString('hex'))
    const before = kept.get(content)
    if (!before) {
      kept.set(content, row)
      continue
    }
    if (isStronger(row, before)) kept.set(content, { ...row, id: before.id })
    past.push({ ...row, content: null, state: 'superseded', by: actor.id, at })
  }
  return [...past, ...kept.values()]
}

/** Keys of rows by their number, as an import makes them; none where a key cannot be read any more. */
async function readKeys(
  work: Work,
  parts: LoadParts,
  dataset: string,
  rows: readonly OldRow[],
  cells: readonly string[],
): Promise<ReadonlyMap<number, string>> {
  const listed = parts.catalogue.find(dataset)
  const storage = listed && storageOf(listed.dataset)
  const found = new Map<number, string>()
  if (!storage) return found
  const slots = slotsOf(storage, (list) => parts.catalogue.codes(list))
  const key = keySlots(storage.dataset.key, slots)
  const types = await columnTypes(work.tx, storage)
  const origin = { since: work.at.toISOString(), by: work.actor.id, load: 0 }
  const numbered = rows.map((row, line) => ({ ...row, line, cells: JSON.parse(cells[line] ?? '[]') as string[] }))
  for (const alike of Map.groupBy(numbered, ({ columns }) => JSON.stringify(columns)).values()) {
    const columns = alike[0]?.columns ?? []
    if (key.some((id) => !columns.includes(id))) continue
    const preparation = { slots, columns, types, key, keys: parts.keys(), origin }
    const { keys, refused } = new ChunkPreparer(preparation).prepare(blockOf(alike))
    const note = (line: number, value: string | null) => {
      const id = rows[line]?.id
      if (id !== undefined && value !== null) found.set(id, value)
    }
    for (const { line, key } of refused) note(line, key)
    for (const [row, value] of keysIn(keys).entries()) note(lineAt(keys, row), value)
  }
  return found
}

import { sql } from 'kysely'
import { type App, system, type Work } from '#runtime'
import { MATCHING } from '../../declarations/readings.ts'
import type { Ref } from '../refs.ts'
import { assign } from './assign.ts'
import { type Gathered, NOBODY, type Taken } from './gathered.ts'

/** Records written at a time. */
const BATCH = 5000

/**
 * Writes whom each record is about: only what is new or changed, sets whole, part by part, so that a run that is cut
 * short is finished by the next one and nothing is written twice.
 * @returns how many records were written
 */
export async function storeEntities(
  app: App,
  gathered: Gathered,
  root: Int32Array,
  progress: (done: number) => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  const given = assign(root, gathered.priorEntity)
  const order = inSets(root)
  let written = 0
  for (let from = 0; from < order.length; ) {
    signal.throwIfAborted()
    let until = Math.min(from + BATCH, order.length)
    while (until < order.length && root[order[until] ?? 0] === root[order[until - 1] ?? 0]) until++
    const changed = Array.from(order.subarray(from, until)).filter((record) => {
      const entity = given.get(root[record] ?? 0) ?? 0
      return entity === 0 || entity !== gathered.priorEntity(record) || !gathered.isKnown(record)
    })
    if (changed.length > 0) {
      await app.work(system(MATCHING), (work) => writeRecords(work, gathered, root, changed, given))
      written += changed.length
    }
    from = until
    await progress(until)
  }
  return written
}

/** Records ordered by their set. */
function inSets(root: Int32Array): Uint32Array {
  const words = new Float64Array(root.length)
  for (let record = 0; record < root.length; record++) words[record] = (root[record] ?? 0) * 2 ** 27 + record
  words.sort()
  return Uint32Array.from(words, (word) => word % 2 ** 27)
}

async function writeRecords(
  work: Work,
  gathered: Gathered,
  root: Int32Array,
  records: readonly number[],
  given: ReadonlyMap<number, number>,
): Promise<void> {
  const fresh = [...new Set(records.map((record) => root[record] ?? 0))].filter((set) => !given.has(set))
  const made = new Map(await newEntities(work, gathered.kind, fresh))
  const refs = records.map((record) => gathered.ref(record))
  const entity = records.map((record) => given.get(root[record] ?? 0) ?? made.get(root[record] ?? 0) ?? 0)
  const key = (at: number) => records.map((record) => gathered.key(at, record))
  await sql`
    with found as (
      select * from unnest(${refs.map(({ dataset }) => dataset)}::text[], ${refs.map(({ row }) => row)}::bigint[],
        ${refs.map(({ part }) => part)}::smallint[], ${records.map(gathered.version)}::bigint[], ${entity}::bigint[],
        ${key(0)}::bigint[], ${key(1)}::bigint[], ${key(2)}::bigint[], ${key(3)}::bigint[])
        as f (dataset, row, part, version, entity, number_key, name_key, phone_key, home_key)),
    moved as (
      insert into one_file.past_record (dataset, row, part, entity, known_from, known_to)
      select r.dataset, r.row, r.part, r.entity, r.known_from, ${work.at} from one_file.record r
      join found f using (dataset, row, part) where r.entity <> f.entity and r.known_from < ${work.at}
      on conflict do nothing)
    insert into one_file.record (dataset, row, part, kind, version, entity, known_from, number_key, name_key, phone_key, home_key)
    select dataset, row, part, ${gathered.kind}, version, entity, ${work.at}, number_key, name_key, phone_key, home_key from found
    on conflict (dataset, row, part) do update set version = excluded.version, entity = excluded.entity,
      known_from = case when record.entity = excluded.entity then record.known_from else excluded.known_from end,
      number_key = excluded.number_key, name_key = excluded.name_key, phone_key = excluded.phone_key,
      home_key = excluded.home_key`.execute(work.tx)
}

async function newEntities(work: Work, kind: string, sets: readonly number[]): Promise<[number, number][]> {
  if (sets.length === 0) return []
  const { rows } = await sql<{ id: string }>`insert into one_file.entity (kind, made_at)
    select ${kind}, ${work.at} from generate_series(1, ${sets.length}) returning id`.execute(work.tx)
  return sets.map((set, at) => [set, Number(rows[at]?.id)])
}

/** Ends the links of records whose rows are gone. */
export async function endRecords(work: Work, refs: readonly Ref[]): Promise<void> {
  if (refs.length === 0) return
  await sql`
    with gone as (
      delete from one_file.record r using unnest(${refs.map(({ dataset }) => dataset)}::text[],
        ${refs.map(({ row }) => row)}::bigint[], ${refs.map(({ part }) => part)}::smallint[]) as g (dataset, row, part)
      where (r.dataset, r.row, r.part) = (g.dataset, g.row, g.part) returning r.dataset, r.row, r.part, r.entity, r.known_from)
    insert into one_file.past_record (dataset, row, part, entity, known_from, known_to)
    select dataset, row, part, entity, known_from, ${work.at} from gone where entity is not null
    on conflict do nothing`.execute(work.tx)
}

/** Keeps that rows name nobody, so that they are not read again before they change. */
export async function storeNobody(work: Work, rows: Taken['nobody']): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into one_file.record (dataset, row, part, kind, version, known_from)
    select dataset, row, ${NOBODY}, 'nobody', version, ${work.at}
    from unnest(${rows.map(({ dataset }) => dataset)}::text[], ${rows.map(({ row }) => row)}::bigint[],
      ${rows.map(({ version }) => version)}::bigint[]) as n (dataset, row, version)
    on conflict (dataset, row, part) do update set version = excluded.version`.execute(work.tx)
}

/** Entities without records are kept, with the entity to which most of their rows went. */
export async function retireEmpty(work: Work): Promise<void> {
  await sql`
    update one_file.entity e set retired_at = ${work.at}, merged_into = (
      select r.entity from one_file.past_record p join one_file.record r using (dataset, row, part)
      where p.entity = e.id group by r.entity order by count(*) desc, r.entity limit 1)
    where e.retired_at is null and e.id in (select entity from one_file.past_record where known_to >= ${work.at}::timestamptz - interval '1 day')
      and not exists (select 1 from one_file.record r where r.entity = e.id)`.execute(work.tx)
}

/** Has records compared again by the next run, although their rows are unchanged. */
export async function lookAgain(work: Work, refs: readonly Ref[]): Promise<void> {
  await sql`update one_file.record r set version = -1
    from unnest(${refs.map(({ dataset }) => dataset)}::text[], ${refs.map(({ row }) => row)}::bigint[]) as g (dataset, row)
    where (r.dataset, r.row) = (g.dataset, g.row)`.execute(work.tx)
}

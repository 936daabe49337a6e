import { sql } from 'kysely'
import { type App, system, type Work } from '#runtime'
import { MATCHING } from '../../declarations/readings.ts'
import { type Gathered, NOBODY, type Taken } from './gathered.ts'
import type { Progress, Records, Sets } from './records.ts'

/** Records written at a time. */
const BATCH = 5000

/**
 * Records of a city whose files are known: only what is new or changed is written, sets whole, part by part, so that a run
 * that is cut short is finished by the next one and nothing is written twice.
 */
export class KnownRecords implements Records {
  readonly #app: App

  constructor(app: App) {
    this.#app = app
  }

  async nobody(rows: Taken['nobody']): Promise<void> {
    if (rows.length === 0) return
    await this.#app.work(system(MATCHING), (work) =>
      sql`insert into one_file.record (dataset, row, part, kind, version, known_from)
        select dataset, row, ${NOBODY}, 'nobody', version, ${work.at}
        from unnest(${rows.map(({ dataset }) => dataset)}::text[], ${rows.map(({ row }) => row)}::bigint[],
          ${rows.map(({ version }) => version)}::bigint[]) as n (dataset, row, version)
        on conflict (dataset, row, part) do update set version = excluded.version`.execute(work.tx),
    )
  }

  async write(gathered: Gathered, { root, kept }: Sets, progress: Progress, signal: AbortSignal): Promise<number> {
    const order = inSets(root)
    let written = 0
    for (let from = 0; from < order.length; ) {
      signal.throwIfAborted()
      let until = Math.min(from + BATCH, order.length)
      while (until < order.length && root[order[until] ?? 0] === root[order[until - 1] ?? 0]) until++
      const changed = Array.from(order.subarray(from, until)).filter((record) => {
        const entity = kept[root[record] ?? 0] ?? 0
        return entity === 0 || entity !== gathered.priorEntity(record) || !gathered.isKnown(record)
      })
      if (changed.length > 0) {
        await this.#app.work(system(MATCHING), (work) => writeRecords(work, gathered, changed, { root, kept }))
        written += changed.length
      }
      from = until
      await progress(until)
    }
    return written
  }

  async end(): Promise<void> {}
}

/** Records ordered by their set. */
function inSets(root: Int32Array): Uint32Array {
  const next = new Uint32Array(root.length + 1)
  for (const set of root) next[set + 1] = (next[set + 1] ?? 0) + 1
  for (let set = 0; set < root.length; set++) next[set + 1] = (next[set + 1] ?? 0) + (next[set] ?? 0)
  const order = new Uint32Array(root.length)
  for (const [record, set] of root.entries()) {
    const place = next[set] ?? 0
    order[place] = record
    next[set] = place + 1
  }
  return order
}

async function writeRecords(
  work: Work,
  gathered: Gathered,
  records: readonly number[],
  { root, kept }: Sets,
): Promise<void> {
  const fresh = [...new Set(records.map((record) => root[record] ?? 0))].filter((set) => !kept[set])
  const made = new Map(await newEntities(work, gathered.kind, fresh))
  const refs = records.map((record) => gathered.ref(record))
  const entity = records.map((record) => kept[root[record] ?? 0] || (made.get(root[record] ?? 0) ?? 0))
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

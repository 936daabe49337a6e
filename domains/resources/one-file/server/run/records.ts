import { sql } from 'kysely'
import type { Work } from '#runtime'
import type { Ref } from '../refs.ts'
import type { Gathered, Taken } from './gathered.ts'

/** Records put together: which belong together, and whom they were about before. */
export interface Sets {
  /** Of each record the lowest record of its set. */
  readonly root: Int32Array
  /** By lowest record the entity that the set keeps, 0 for a new one. */
  readonly kept: Int32Array
}

export type Progress = (done: number) => Promise<void>

/** Where a run writes whom records are about. */
export interface Records {
  /** Keeps that rows name nobody, so that they are not read again before they change. */
  nobody(rows: Taken['nobody']): Promise<void>
  /** @returns how many records were written */
  write(gathered: Gathered, sets: Sets, progress: Progress, signal: AbortSignal): Promise<number>
  /** After everything is written. */
  end(progress: (done: number, of: number) => Promise<void>, signal: AbortSignal): Promise<void>
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

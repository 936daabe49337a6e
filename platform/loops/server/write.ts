import { sql } from 'kysely'
import { Defect, type Writer } from '#runtime'
import { lineOf } from '../headline.ts'
import type { Draft } from './draft.ts'
import type { Row } from './row.ts'

/**
 * Writes drafts of new and changed instances, in one statement whatever their number: instance, log, inboxes and clock.
 * Their rows are locked by the caller.
 */
export const write: Writer<readonly Draft[]> = async (tx, some) => {
  const drafts = some.flat()
  const fresh = drafts.filter((draft) => !draft.before).map(({ row }) => row)
  const changed = drafts.flatMap(({ before, row }) => (before ? [{ ...row, was: before.revision }] : []))
  const clocks = drafts.map(({ row, next }) => ({ instance: row.id, next_at: next?.at ?? null }))
  const { put, gone } = inboxChanges(drafts)
  const { rows } = await sql<{ written: number }>`/* prepared */
    with fresh as (
      insert into loops.instance select * from jsonb_populate_recordset(null::loops.instance, ${json(fresh)}) returning 1
    ), changed as (
      update loops.instance i set place = c.place, version = c.version, lead = c.lead, place_since = c.place_since, revision = c.revision, moved = c.moved,
        headline_zh = c.headline_zh, headline_en = c.headline_en, data = c.data, division = c.division,
        ended_at = c.ended_at, outcome = c.outcome, holders = c.holders, memory = c.memory, clocks = c.clocks,
        due = c.due, warn = c.warn, supervised_at = c.supervised_at, acted_at = c.acted_at,
        late = c.late
      from jsonb_to_recordset(${json(changed)}) as c(id bigint, was int, version int, lead bigint, place text, place_since timestamptz,
        revision int, moved int, headline_zh text, headline_en text, data jsonb, division text, ended_at timestamptz,
        outcome text, holders jsonb, memory jsonb, clocks jsonb, due timestamptz, warn timestamptz,
        supervised_at timestamptz, acted_at timestamptz, late boolean)
      where i.id = c.id and i.revision = c.was returning 1
    ), logged as (
      insert into loops.action
      select * from jsonb_populate_recordset(null::loops.action, ${json(drafts.flatMap(({ log }) => log))})
    ), gone as (
      delete from loops.inbox b using jsonb_to_recordset(${json(gone)}) as g(instance bigint, holder text)
      where b.instance = g.instance and b.holder = g.holder
    ), put as (
      insert into loops.inbox as b
      select * from jsonb_populate_recordset(null::loops.inbox, ${json(put)})
      on conflict (instance, holder) do update set state = excluded.state, division = excluded.division,
        headline = excluded.headline, due = excluded.due, warn = excluded.warn, signed_by = excluded.signed_by,
        at = case when b.state = excluded.state then b.at else excluded.at end
    ), stopped as (
      delete from loops.clock k using jsonb_to_recordset(${json(clocks)}) as c(instance bigint, next_at timestamptz)
      where k.instance = c.instance and c.next_at is null
    ), running as (
      insert into loops.clock (instance, next_at)
      select c.instance, c.next_at from jsonb_to_recordset(${json(clocks)}) as c(instance bigint, next_at timestamptz)
      where c.next_at is not null
      on conflict (instance) do update set next_at = excluded.next_at, failures = 0
    )
    select (select count(*) from fresh) + (select count(*) from changed) as written`.execute(tx)
  if (rows[0]?.written !== drafts.length) throw new Defect('A matter was written without its lock.')
}

const json = (value: readonly unknown[]) => sql`${JSON.stringify(value)}::jsonb`

type InboxState = 'todo' | 'watching' | 'done'

/** Who gets, keeps and loses each matter. */
function inboxChanges(drafts: readonly Draft[]) {
  const put: object[] = []
  const gone: object[] = []
  for (const { row, before, doers } of drafts) {
    const holding = new Map(row.holders.map((holder) => [holder.who, holder.signed ?? null]))
    const line = (holder: string, state: InboxState) => ({
      instance: row.id,
      holder,
      state,
      definition: row.definition,
      division: row.division,
      headline: lineOf(row.headline_zh, row.headline_en),
      due: row.due ?? 'infinity',
      warn: row.warn ?? 'infinity',
      signed_by: holding.get(holder) ?? null,
      at: row.acted_at,
    })
    const had = before?.holders.map(({ who }) => who) ?? []
    const watching = before?.memory.watchers === row.memory.watchers && !row.ended_at ? [] : row.memory.watchers
    for (const who of holding.keys()) put.push(line(who, 'todo'))
    for (const who of new Set([...had, ...doers, ...watching])) {
      if (holding.has(who)) continue
      const state = stateOf(row, who)
      if (state) put.push(line(who, state))
      else gone.push({ instance: row.id, holder: who })
    }
  }
  return { put, gone }
}

/** How somebody keeps a matter that he does not have any more. */
function stateOf({ memory, ended_at }: Row, who: string): InboxState | undefined {
  if (memory.watchers.includes(who)) return ended_at ? 'done' : 'watching'
  return Object.values(memory.done).some(({ by }) => by.includes(who)) ? 'done' : undefined
}

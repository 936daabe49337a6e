import { sql } from 'kysely'
import { dayAt, type Work } from '#runtime'
import type { Places } from './check-readings.ts'
import type { Months } from './months.ts'

/** Array literals for unnest; far cheaper than a parameter a value. */
export const literal = (items: readonly (number | string | null)[]): string =>
  `{${items.map((item) => item ?? 'null').join(',')}}`

export interface Stored {
  readonly accepted: number
  readonly repeated: number
  /** Places (indexes of `places`) that had another value before. */
  readonly changed: readonly number[]
}

interface Target {
  readonly kind: string
  readonly stage: number
  readonly batch: number
}

/** Number of a new batch; its row is written when its outcome is known. */
export async function nextBatch(work: Work): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval('sensing.batch_id_seq') as id`.execute(work.tx)
  return Number(rows[0]?.id)
}

/** Writes values where there are none, keeps different ones beside the first, and adds the flags. */
export async function storePlaces(work: Work, months: Months, target: Target, places: Places): Promise<Stored> {
  const sent = places.index.length
  if (sent === 0) return { accepted: 0, repeated: 0, changed: [] }
  await months.make(work, places.at)
  const accepted = await insertNew(work, target, places)
  const changed = accepted === sent ? [] : await keepChanges(work, target, places)
  await addFlags(work, target.stage, [
    ...places.flags.map(({ place, flag }) => markAt(places, place, flag)),
    ...changed.map((place) => markAt(places, place, target.stage === 0 ? 'changed' : 'revised')),
  ])
  if (accepted > 0 || changed.length > 0) await markDirty(work, target, places)
  return { accepted, repeated: sent - accepted - changed.length, changed }
}

const arrays = (places: Places) => sql`unnest(${literal(places.device)}::int[], ${literal(places.channel)}::smallint[],
    ${literal(places.at)}::float8[], ${literal(places.value)}::float8[])`

/** Sorted, so that two batches with the same places wait for each other instead of deadlocking. */
async function insertNew(work: Work, { stage, batch }: Target, places: Places): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into sensing.value (device, channel, stage, at, value, batch)
    select d, c, ${stage}::smallint, to_timestamp(t / 1000), v, ${batch}::bigint
    from ${arrays(places)} with ordinality as given(d, c, t, v, i) order by d, t, c, i on conflict do nothing`.execute(
    work.tx,
  )
  return Number(numAffectedRows ?? 0)
}

const CHANGES_LOCK = 8_240_201

/** Raw: a value never seen at its place. Later stages: a value that differs from the newest. */
async function keepChanges(work: Work, { stage, batch }: Target, places: Places): Promise<number[]> {
  await sql`select pg_advisory_xact_lock(${CHANGES_LOCK})`.execute(work.tx)
  const isNews =
    stage === 0
      ? sql`first.value is distinct from v and not exists (select from sensing.value_change c where c.device = d
          and c.stage = ${stage} and c.at = to_timestamp(t / 1000) and c.channel = ch and c.value is not distinct from v)`
      : sql`case when newest.hit then newest.value else first.value end is distinct from v`
  const { rows } = await sql<{ place: number }>`
    with news as (
      select distinct on (d, t, ch, v) i, d, ch, t, v
      from ${arrays(places)} with ordinality as given(d, ch, t, v, i)
      cross join lateral (select s.value from sensing.value s where s.device = d and s.stage = ${stage}
        and s.at = to_timestamp(t / 1000) and s.channel = ch limit 1) first
      left join lateral (select c.value, true as hit from sensing.value_change c where c.device = d and c.stage = ${stage}
        and c.at = to_timestamp(t / 1000) and c.channel = ch order by c.id desc limit 1) newest on true
      where ${isNews} order by d, t, ch, v, i),
    kept as (insert into sensing.value_change (device, channel, stage, at, value, batch)
      select d, ch, ${stage}::smallint, to_timestamp(t / 1000), v, ${batch}::bigint from news order by i)
    select (i - 1)::int as place from news order by i`.execute(work.tx)
  return rows.map(({ place }) => place)
}

export interface Mark {
  readonly device: number
  readonly channel: number
  /** Milliseconds. */
  readonly at: number
  readonly flag: string
}

const markAt = ({ device, channel, at }: Places, place: number, flag: string): Mark => ({
  device: device[place] ?? 0,
  channel: channel[place] ?? 0,
  at: at[place] ?? 0,
  flag,
})

/** Adds marks; one that is there already stays as it is. */
export async function addFlags(work: Work, stage: number, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return
  await sql`
    insert into sensing.flag (device, channel, stage, at, flag, added_at, added_by)
    select d, c, ${stage}::smallint, to_timestamp(t / 1000), f, ${work.at}, ${work.actor.id}
    from unnest(${literal(marks.map(({ device }) => device))}::int[],
      ${literal(marks.map(({ channel }) => channel))}::smallint[], ${literal(marks.map(({ at }) => at))}::float8[],
      ${literal(marks.map(({ flag }) => flag))}::text[]) as given(d, c, t, f)
    order by d, t, c, f on conflict do nothing`.execute(work.tx)
}

/** Days to roll up again; appended, never merged, so that a job that runs meanwhile cannot lose one. */
async function markDirty(work: Work, { kind, stage }: Target, places: Places): Promise<void> {
  const spans = new Map<string, { device: number; day: number; first: number; last: number }>()
  for (let i = 0; i < places.at.length; i++) {
    const at = places.at[i] ?? 0
    const device = places.device[i] ?? 0
    const day = dayAt(at)
    const key = `${device} ${day}`
    const span = spans.get(key)
    if (!span) spans.set(key, { device, day, first: at, last: at })
    else if (at < span.first) span.first = at
    else if (at > span.last) span.last = at
  }
  const rows = [...spans.values()]
  await sql`
    insert into sensing.dirty (kind, device, stage, day, first, last, received_at)
    select ${kind}, d, ${stage}::smallint, date '1970-01-01' + n, to_timestamp(a / 1000), to_timestamp(z / 1000), ${work.at}
    from unnest(${literal(rows.map(({ device }) => device))}::int[], ${literal(rows.map(({ day }) => day))}::int[],
      ${literal(rows.map(({ first }) => first))}::float8[], ${literal(rows.map(({ last }) => last))}::float8[])
      as given(d, n, a, z)`.execute(work.tx)
}

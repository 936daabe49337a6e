import type pg from 'pg'
import type { Entry } from './receipt-book.ts'

/** What became of receipts that were offered to the database. */
export interface Stored {
  /** Numbers of those that are on the disk. */
  readonly stored: ReadonlySet<number>
  /** Calls of each grant today, these included; a grant is absent where they would go beyond its quota. */
  readonly counted: ReadonlyMap<string, number>
}

/** Makes a run known, so that what it leaves unsigned is found when its process is killed. */
export async function beginRun(pool: pg.Pool, run: string, at: Date): Promise<void> {
  await pool.query('insert into exchange.stream (id, seen) values ($1, $2) on conflict do nothing', [run, at])
}

/**
 * Counts calls against their grants' quotas and stores their receipts, in one statement that waits for the disk once.
 * Not stored are those of a grant whose quota is not enough for all of them, and those whose consumer gave the number of
 * the call before. Grants are counted in order, so that processes never wait for each other in a circle.
 */
export async function offer(pool: pg.Pool, run: string, day: string, entries: readonly Entry[]): Promise<Stored> {
  const column = <T>(value: (entry: Entry) => T): T[] => entries.map(value)
  const grants = perGrant(entries)
  const ids = [...grants.keys()].sort()
  const each = (value: (count: Count) => number) => ids.map((id) => value(grants.get(id) ?? NONE))
  const { rows } = await pool.query<{ n: number | null; grant_id: string | null; calls: number | null }>(OFFER, [
    run,
    column(({ n }) => n),
    column(({ at }) => at),
    column(({ draft }) => draft.grant),
    column(({ draft }) => draft.dataset),
    column(({ draft }) => draft.consumer),
    column(({ draft }) => draft.caller),
    column(({ draft }) => draft.way),
    column(({ draft }) => draft.outcome),
    column(({ draft }) => draft.rows),
    column(({ draft }) => draft.request ?? null),
    column(({ record }) => record),
    column(({ draft }) => draft.quota !== undefined),
    day,
    ids,
    each(({ calls }) => calls),
    each(({ rows: sum }) => sum),
    each(({ quota }) => quota),
    column(({ draft: { about = [] } }) => (about.length > 0 ? `{${about.join(',')}}` : null)),
  ])
  return {
    stored: new Set(rows.flatMap(({ n }) => n ?? [])),
    counted: new Map(rows.flatMap(({ grant_id, calls }) => (grant_id === null ? [] : [[grant_id, calls ?? 0]]))),
  }
}

const OFFER = `/* prepared */ with counted as (
    insert into exchange.usage (grant_id, day, calls, rows)
    select g, $14::date, c, r from unnest($15::text[], $16::bigint[], $17::bigint[], $18::bigint[]) as t(g, c, r, q)
    where c <= q order by g
    on conflict (grant_id, day) do update set calls = usage.calls + excluded.calls, rows = usage.rows + excluded.rows
    where usage.calls + excluded.calls <=
      (select q from unnest($15::text[], $18::bigint[]) as u(g, q) where g = excluded.grant_id)
    returning grant_id, calls),
  stored as (
    insert into exchange.receipt
      (stream, n, at, grant_id, dataset, consumer, caller, way, outcome, rows, request, record, about)
    select $1, n, at, grant_id, dataset, consumer, caller, way, outcome, rows, request, record, about::bigint[]
    from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
      $10::int[], $11::text[], $12::text[], $13::boolean[], $19::text[])
      as t(n, at, grant_id, dataset, consumer, caller, way, outcome, rows, request, record, counts, about)
    where not counts or grant_id in (select grant_id from counted)
    on conflict (grant_id, request) where request is not null do nothing returning n)
  select n, null as grant_id, null::bigint as calls from stored
  union all select null, grant_id, calls from counted`

interface Count {
  readonly calls: number
  readonly rows: number
  readonly quota: number
}
const NONE: Count = { calls: 0, rows: 0, quota: 0 }

function perGrant(entries: readonly Entry[]): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>()
  for (const { draft } of entries) {
    if (draft.quota === undefined) continue
    const { calls, rows } = counts.get(draft.grant) ?? NONE
    counts.set(draft.grant, { calls: calls + 1, rows: rows + draft.rows, quota: draft.quota })
  }
  return counts
}

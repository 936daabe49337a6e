import type { ClientBase } from 'pg'
import type { Entry } from './receipt-book.ts'

/** Makes a run known, so that what it leaves unsigned is found when its process is killed. */
export async function beginRun(client: ClientBase, run: string, at: Date): Promise<void> {
  await client.query('insert into exchange.stream (id, seen) values ($1, $2)', [run, at])
}

/** Counts calls against their grants' quotas, in the order of grants, so that processes never wait in a circle. */
export async function meter(
  client: ClientBase,
  day: string,
  entries: readonly Entry[],
): Promise<{ readonly full: readonly string[]; readonly beyond: readonly Entry[] }> {
  const counted = new Map<string, Entry[]>()
  for (const entry of entries) {
    if (entry.draft.quota === undefined) continue
    const known = counted.get(entry.draft.grant)
    if (known) known.push(entry)
    else counted.set(entry.draft.grant, [entry])
  }
  if (counted.size === 0) return { full: [], beyond: [] }
  const ids = [...counted.keys()].sort()
  const { rows } = await client.query<{ grant_id: string; calls: number }>(
    `/* prepared */ insert into exchange.usage (grant_id, day, calls, rows)
     select g, $1::date, c, r from unnest($2::text[], $3::bigint[], $4::bigint[]) as t(g, c, r) order by g
     on conflict (grant_id, day) do update set calls = usage.calls + excluded.calls, rows = usage.rows + excluded.rows
     returning grant_id, calls`,
    [day, ids, ids.map((id) => counted.get(id)?.length ?? 0), ids.map((id) => rowsOf(counted.get(id) ?? []))],
  )
  const full: string[] = []
  const beyond: Entry[] = []
  for (const { grant_id, calls } of rows) {
    const own = counted.get(grant_id) ?? []
    const excess = calls - (own[0]?.draft.quota ?? 0)
    if (excess >= 0) full.push(grant_id)
    if (excess > 0) beyond.push(...own.slice(-excess))
  }
  return { full, beyond }
}

const rowsOf = (entries: readonly Entry[]): number => entries.reduce((sum, { draft }) => sum + draft.rows, 0)

/**
 * Stores receipts. @returns those that were not: their consumer gave the number of the call before. They are to be
 * stored as refusals then, without the number.
 */
export async function storeEntries(client: ClientBase, run: string, entries: readonly Entry[]): Promise<Entry[]> {
  const column = <T>(value: (entry: Entry) => T): T[] => entries.map(value)
  const { rows } = await client.query<{ n: number }>(
    `/* prepared */ insert into exchange.receipt
       (stream, n, at, grant_id, dataset, consumer, caller, way, outcome, rows, request, record)
     select $1, * from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[], $10::int[], $11::text[], $12::text[])
     on conflict (grant_id, request) where request is not null do nothing returning n`,
    [
      run,
      column(({ n }) => n),
      column(({ at }) => at),
      column(({ draft }) => draft.grant),
      column(({ draft }) => draft.dataset),
      column(({ draft }) => draft.consumer),
      column(({ draft }) => draft.caller),
      column(({ draft }) => draft.way),
      column(({ draft, refusal }) => refusal?.code ?? draft.outcome),
      column(({ draft, refusal }) => (refusal ? 0 : draft.rows)),
      column(({ draft, refusal }) => (refusal ? null : (draft.request ?? null))),
      column(({ record }) => record),
    ],
  )
  if (rows.length === entries.length) return []
  const stored = new Set(rows.map(({ n }) => n))
  return entries.filter(({ n }) => !stored.has(n))
}

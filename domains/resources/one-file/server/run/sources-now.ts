import { sql } from 'kysely'
import { datasetExtracts } from '#platform/registry'
import type { App, Work } from '#runtime'
import { type Reading, readings } from '../../declarations/readings.ts'

interface State {
  readonly dataset: string
  /** Another one once the table is written anew as a whole. */
  readonly relation: string
  /** What transactions before this one wrote has been seen. */
  readonly seenBefore: string
  readonly rows: number
}

/** Source → since which transaction its rows are compared; null: all of them. */
export type Changed = ReadonlyMap<Reading, string | null>

export interface Sources {
  readonly changed: Changed
  /** Rows of all sources. */
  readonly rows: number
  readonly states: readonly State[]
}

export const EVERYTHING: Changed = new Map(readings.map((reading) => [reading, null]))

/**
 * Which sources are not as they were noted. Written rows are known by their transaction, so one that began earlier and is
 * confirmed later is not missed; without any, only the number of rows can tell that some are gone. To be asked before the
 * rows are read: what is written afterwards is found by the next run.
 */
export async function sourcesNow(app: App): Promise<Sources> {
  const { rows: noted } = await sql<State>`select dataset, relation, seen_before::text as "seenBefore", rows
    from one_file.source_seen`.execute(app.db)
  const before = new Map(noted.map((state) => [state.dataset, state]))
  const changed = new Map<Reading, string | null>()
  const states: State[] = []
  for (const reading of readings) {
    const seen = before.get(reading.dataset)
    const { written, ...now } = await stateOf(app, reading, seen?.seenBefore)
    states.push({ ...now, dataset: reading.dataset })
    if (seen?.relation !== now.relation) changed.set(reading, null)
    else if (written > 0 || seen.rows !== now.rows) changed.set(reading, seen.seenBefore)
  }
  return { changed, states, rows: states.reduce((sum, { rows }) => sum + rows, 0) }
}

/** Rows `t` that this transaction or a later one wrote. */
export const writtenSince = (transaction: string) => sql`age(t.xmin) <= age(${transaction}::xid8::xid)`

async function stateOf(app: App, { dataset }: Reading, since: string | undefined) {
  const { table } = app.use(datasetExtracts).get(dataset)
  const { rows } = await sql<Omit<State, 'dataset'> & { written: number }>`
    select concat_ws('/', (select oid from pg_database where datname = current_database()),
        ${table}::regclass::oid, pg_relation_filenode(${table}::regclass)) as relation,
      pg_snapshot_xmin(pg_current_snapshot())::text as "seenBefore", count(*) as rows,
      count(*) filter (where ${since === undefined ? sql`false` : writtenSince(since)}) as written
    from ${sql.raw(table)} t`.execute(app.db)
  return rows[0] ?? { relation: '', seenBefore: '0', rows: 0, written: 0 }
}

/** Notes that everything has been looked at that was there. */
export async function noteStates({ tx }: Work, { states }: Sources): Promise<void> {
  const column = <K extends keyof State>(name: K) => states.map((state) => state[name])
  await sql`insert into one_file.source_seen (dataset, relation, seen_before, rows)
    select dataset, relation, seen_before::xid8, rows from unnest(${column('dataset')}::text[], ${column('relation')}::text[],
      ${column('seenBefore')}::text[], ${column('rows')}::bigint[]) as s (dataset, relation, seen_before, rows)
    on conflict (dataset) do update
      set relation = excluded.relation, seen_before = excluded.seen_before, rows = excluded.rows`.execute(tx)
}

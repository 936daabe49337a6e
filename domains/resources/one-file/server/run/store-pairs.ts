import { sql } from 'kysely'
import { type App, system, type Work } from '#runtime'
import { MATCHING } from '../../declarations/readings.ts'
import { refText } from '../refs.ts'
import { openBatch } from '../review/open-batch.ts'
import type { Gathered } from './gathered.ts'
import type { ExplainedPair } from './match-worker.ts'

interface Limits {
  /** Pairs of one matter. */
  readonly batch: number
  /** Automatic decisions of each sort drawn in one run. */
  readonly samples: number
}

/** Opens matters for the pairs that a person has to look at; a pair that was ever shown is not shown again. */
export async function storePairs(
  app: App,
  gathered: Gathered,
  pairs: readonly ExplainedPair[],
  { batch, samples }: Limits,
): Promise<number> {
  let stored = 0
  const sorts = Map.groupBy(pairs, ({ why }) => (why.startsWith('sample') ? 'sample' : why))
  for (const [why, all] of sorts) {
    const unseen = await newOnes(app, gathered, all)
    const fresh = why === 'sample' ? mixed(unseen, samples) : unseen
    for (let from = 0; from < fresh.length; from += batch) {
      const part = fresh.slice(from, from + batch)
      await app.work(system(MATCHING), (work) => storeBatch(app, work, gathered, why, part))
      stored += part.length
    }
  }
  return stored
}

/** The first so many of each sort, mixed by their numbers so that the one who checks cannot tell which is which. */
function mixed(pairs: readonly ExplainedPair[], samples: number): ExplainedPair[] {
  const bySort = [...Map.groupBy(pairs, ({ why }) => why).values()].map((list) => list.slice(0, samples))
  return bySort.flat().sort((x, y) => ((x.a * 7919) % 10007) - ((y.a * 7919) % 10007) || x.a - y.a || x.b - y.b)
}

const refsOf = (gathered: Gathered, { a, b }: ExplainedPair): [string, string] => [
  refText(gathered.ref(a)),
  refText(gathered.ref(b)),
]

async function newOnes(app: App, gathered: Gathered, pairs: readonly ExplainedPair[]): Promise<ExplainedPair[]> {
  if (pairs.length === 0) return []
  const refs = pairs.map((pair) => refsOf(gathered, pair))
  const { rows } = await sql<{ a: string; b: string }>`select p.a, p.b from one_file.pair p
    join unnest(${refs.flat()}::text[], ${refs.flatMap(([a, b]) => [b, a])}::text[]) as w (a, b)
    on (p.a, p.b) = (w.a, w.b)`.execute(app.db)
  const known = new Set(rows.flatMap(({ a, b }) => [`${a}|${b}`, `${b}|${a}`]))
  return pairs.filter((_, at) => !known.has((refs[at] ?? []).join('|')))
}

async function storeBatch(app: App, work: Work, gathered: Gathered, why: string, pairs: readonly ExplainedPair[]) {
  const batch = await openBatch(app, work, why, pairs.length)
  const refs = pairs.map((pair) => refsOf(gathered, pair))
  await sql`insert into one_file.pair (kind, a, b, why, weight, parts, batch)
    select ${gathered.kind}, a, b, why, weight, parts, ${batch}
    from unnest(${refs.map(([a]) => a)}::text[], ${refs.map(([, b]) => b)}::text[], ${pairs.map((pair) => pair.why)}::text[],
      ${pairs.map(({ weight }) => weight)}::real[], ${pairs.map(({ parts }) => JSON.stringify(parts))}::jsonb[])
      as p (a, b, why, weight, parts) on conflict (a, b) do nothing`.execute(work.tx)
}

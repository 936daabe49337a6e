import { sql } from 'kysely'
import { identity } from '#platform/identity'
import type { AnyDataset } from '#platform/registry'
import type { App, Db, Scope, Words } from '#runtime'
import type { Dimension, Severity } from '../../declarations/dimensions.ts'
import { allDatasets } from '../known-datasets.ts'
import { collectionTables } from '../tables.ts'
import { INTAKE } from './active-rules.ts'
import { REACH, reachNow } from './reach.ts'

/** Datasets whose quality a reader sees: all, or those for which the units of his reach answer. */
export async function datasetsWithin(app: App, db: Db, scope: Scope): Promise<AnyDataset[]> {
  const all = allDatasets(app).filter(({ storage }) => !storage || !('series' in storage))
  if (scope.reach === 'city') return all
  const units = await unitsWithin(app, db, scope)
  return all.filter(({ source }) => units.includes(source))
}

export async function unitsWithin(app: App, db: Db, scope: Scope): Promise<readonly string[]> {
  return scope.reach === 'subtree' ? app.use(identity).organisationsWithin(scope.path, db) : [scope.organisation]
}

interface ScoreRow {
  readonly dataset: string
  readonly day: string
  readonly total: number | null
  readonly dimensions: Readonly<Record<string, number>>
  readonly rows: number
  readonly failing: number
}

/** The latest score of each dataset, with how many matters about it are open. */
export async function latestScores(db: Db, datasets: readonly string[]): Promise<readonly ScoreRow[]> {
  const { rows } = await sql<ScoreRow>`
    select distinct on (s.dataset) s.dataset, s.day::text as day, s.total, s.dimensions, s.rows,
      (select count(*) from collection.correction c where c.dataset = s.dataset and c.ended_at is null)::int as failing
    from collection.score s where s.dataset = any(${[...datasets]}) order by s.dataset, s.day desc`.execute(db)
  return rows
}

/** Mean score of each source a day, all datasets alike; of days on which not all were checked the last known counts. */
export async function sourceTrend(db: Db, datasets: readonly string[], from: string) {
  const { rows } = await sql<{ source: string; day: string; total: number }>`
    select source, day::text as day, round(avg(total)::numeric, 2)::float8 as total
    from collection.score where dataset = any(${[...datasets]}) and day >= ${from}::date and total is not null
    group by source, day order by day, source`.execute(db)
  return rows
}

export interface RuleView {
  readonly id: string
  readonly title: Words
  readonly dimension: Dimension
  readonly severity: Severity
  readonly least: number
  /** What a check of it counts. */
  readonly counts: 'rows' | 'runs' | 'dataset'
  readonly state: 'declared' | 'draft' | 'published' | 'withdrawn'
  readonly check: unknown
  readonly by: string | null
  readonly replaces: number | null
}

/** The reach of a source is told from collections, freshness of the dataset as a whole, everything else from rows. */
export function countsOf(rule: string, check: { readonly kind: string } | null): RuleView['counts'] {
  if (check?.kind === 'fresh') return 'dataset'
  return rule === REACH ? 'runs' : 'rows'
}

/** Every rule of a dataset, in force or not. */
export async function rulesOf(app: App, db: Db, dataset: AnyDataset): Promise<RuleView[]> {
  const written = await collectionTables(db)
    .selectFrom('collection.rule')
    .selectAll()
    .where('dataset', '=', dataset.id)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  const declared = [
    INTAKE,
    reachNow(app),
    ...(dataset.quality ?? []).map((rule) => ({ ...rule, severity: 'major' as const, least: 1 })),
  ]
  return [
    ...declared.map((rule) => ({
      id: rule.id,
      title: rule.title,
      dimension: rule.dimension,
      severity: rule.severity,
      least: rule.least,
      counts: countsOf(rule.id, null),
      state: 'declared' as const,
      check: 'holds' in rule ? { kind: 'condition', sql: rule.holds } : null,
      by: null,
      replaces: null,
    })),
    ...written.map(({ id, title, dimension, severity, least, state, check, by, replaces }) => ({
      id: String(id),
      title,
      dimension,
      severity,
      least,
      counts: countsOf(String(id), check),
      state,
      check,
      by,
      replaces,
    })),
  ]
}

interface LatestResult {
  readonly rule: string
  readonly at: Date
  readonly rows: number
  readonly bad: number
  readonly problem: Words | null
  readonly loop: string | null
}

/** What each rule found last, with the matter that sees to it. */
export async function latestResults(db: Db, dataset: string): Promise<readonly LatestResult[]> {
  const { rows } = await sql<LatestResult>`
    select distinct on (r.rule) r.rule, r.at, r.rows, r.bad, r.problem,
      (select c.loop from collection.correction c
        where c.dataset = r.dataset and c.rule = r.rule and c.ended_at is null) as loop
    from collection.result r where r.dataset = ${dataset} order by r.rule, r.at desc`.execute(db)
  return rows
}

/** Score of a dataset day by day. */
export async function scoreTrend(db: Db, dataset: string, from: string) {
  const { rows } = await sql<{ day: string; total: number | null; dimensions: Record<string, number> }>`
    select day::text as day, total, dimensions from collection.score
    where dataset = ${dataset} and day >= ${from}::date order by day`.execute(db)
  return rows
}

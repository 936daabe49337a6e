import { sql } from 'kysely'
import { identity } from '#platform/identity'
import { type Actor, type Db, NotFound, type Scope } from '#runtime'
import { registryTables } from '../tables.ts'
import type { LoadParts } from './run-load.ts'
import type { Load } from './store-chunk.ts'

type Parts = Pick<LoadParts, 'app' | 'catalogue'>

/** An import as its page shows it. */
const viewOf = (load: Load) => ({
  id: load.id,
  dataset: load.dataset,
  file: load.file,
  name: load.file_name,
  reading: load.reading,
  columns: load.columns,
  state: load.state,
  rowsRead: load.rows_read,
  bytesRead: load.bytes_read,
  bytes: load.bytes,
  inserted: load.inserted,
  changed: load.changed,
  same: load.same,
  refused: load.refused,
  problem: load.problem,
  by: load.by,
  organisation: load.organisation,
  startedAt: load.started_at,
  endedAt: load.ended_at,
})

/**
 * Imports within reach: of the city all, of a unit those that it started and those into the datasets for which it
 * answers, whoever brought them; else one's own.
 */
async function within({ app, catalogue }: Parts, db: Db, actor: Actor, scope: Scope) {
  const query = registryTables(db).selectFrom('registry.load').selectAll()
  if (scope.reach === 'city') return query
  if (scope.reach === 'own') return query.where('by', '=', actor.id)
  const units =
    scope.reach === 'unit' ? [scope.organisation] : await app.use(identity).organisationsWithin(scope.path, db)
  const own = catalogue.all().flatMap(({ dataset }) => (units.includes(dataset.source) ? [dataset.id] : []))
  return query.where((where) =>
    where.or([where('organisation', '=', scope.organisation), sql<boolean>`dataset = any(${own})`]),
  )
}

/** @throws NotFound also for one out of reach */
export async function findLoad(parts: Parts, db: Db, actor: Actor, scope: Scope, id: number) {
  const load = await (await within(parts, db, actor, scope)).where('id', '=', id).executeTakeFirst()
  if (!load) throw new NotFound()
  return viewOf(load)
}

export async function listLoads(
  parts: Parts,
  db: Db,
  actor: Actor,
  scope: Scope,
  { dataset, after, limit = 30 }: { readonly dataset?: string; readonly after?: number; readonly limit?: number },
) {
  let query = (await within(parts, db, actor, scope)).orderBy('id', 'desc').limit(limit + 1)
  if (dataset) query = query.where('dataset', '=', dataset)
  if (after) query = query.where('id', '<', after)
  const loads = await query.execute()
  return { rows: loads.slice(0, limit).map(viewOf), next: loads.length > limit ? (loads[limit - 1]?.id ?? null) : null }
}

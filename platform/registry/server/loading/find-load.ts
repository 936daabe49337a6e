import { type Actor, type Db, NotFound, type Scope } from '#runtime'
import { registryTables } from '../tables.ts'
import type { Load } from './store-chunk.ts'

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
  startedAt: load.started_at,
  endedAt: load.ended_at,
})

/** Imports within reach: of the city all, of a unit those that it started, else one's own. */
const within = (db: Db, actor: Actor, scope: Scope) => {
  const query = registryTables(db).selectFrom('registry.load').selectAll()
  if (scope.reach === 'city') return query
  return scope.reach === 'own' ? query.where('by', '=', actor.id) : query.where('organisation', '=', scope.organisation)
}

/** @throws NotFound also for one out of reach */
export async function findLoad(db: Db, actor: Actor, scope: Scope, id: number) {
  const load = await within(db, actor, scope).where('id', '=', id).executeTakeFirst()
  if (!load) throw new NotFound()
  return viewOf(load)
}

export async function listLoads(
  db: Db,
  actor: Actor,
  scope: Scope,
  { dataset, after, limit = 30 }: { readonly dataset?: string; readonly after?: number; readonly limit?: number },
) {
  let query = within(db, actor, scope)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (dataset) query = query.where('dataset', '=', dataset)
  if (after) query = query.where('id', '<', after)
  const loads = await query.execute()
  return { rows: loads.slice(0, limit).map(viewOf), next: loads.length > limit ? (loads[limit - 1]?.id ?? null) : null }
}

import { type App, system, type Work } from '#runtime'
import { registryTables } from '../tables.ts'
import { restoreLookupsOfEnded } from './lookups.ts'

/** Queues every import that has not ended; one that is running keeps its lock, so it is not run twice. */
export async function resumeLoads(app: App): Promise<void> {
  await restoreLookupsOfEnded(app)
  await app.work(system('registry.resume'), (work) => queueOpenLoads(work))
}

/** Queues the imports that have not ended, of all datasets or of one, for whose first import they may have waited. */
export async function queueOpenLoads(work: Work, dataset?: string): Promise<void> {
  let open = registryTables(work.tx).selectFrom('registry.load').select('id').where('state', '=', 'loading')
  if (dataset) open = open.where('dataset', '=', dataset)
  for (const { id } of await open.execute()) work.enqueue('registry.load', { load: id }, { key: String(id) })
}

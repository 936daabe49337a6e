import { type App, system } from '#runtime'
import { registryTables } from '../tables.ts'

/** Queues every import that has not ended; one that is running keeps its lock, so it is not run twice. */
export async function resumeLoads(app: App): Promise<void> {
  const open = await registryTables(app.db)
    .selectFrom('registry.load')
    .select('id')
    .where('state', '=', 'loading')
    .execute()
  if (open.length === 0) return
  await app.work(system('registry.resume'), async (work) => {
    for (const { id } of open) work.enqueue('registry.load', { load: id }, { key: String(id) })
  })
}

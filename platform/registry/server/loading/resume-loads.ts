import { sql } from 'kysely'
import { type App, system } from '#runtime'
import { registryTables } from '../tables.ts'

/** Queues every import that has not ended; one that is running keeps its lock, so it is not run twice. */
export async function resumeLoads(app: App): Promise<void> {
  const open = await registryTables(app.db)
    .selectFrom('registry.load')
    .select('id')
    .where('state', '=', 'loading')
    .execute()
  await restoreLookups(app)
  if (open.length === 0) return
  await app.work(system('registry.resume'), async (work) => {
    for (const { id } of open) work.enqueue('registry.load', { load: id }, { key: String(id) })
  })
}

/** Makes the indexes again that an import had set aside before it was cancelled. */
async function restoreLookups(app: App): Promise<void> {
  await sql`select registry.restore_lookups(ended.load) from (select distinct lookup.load from registry.lookup
    join registry.load on load.id = lookup.load where state <> 'loading') as ended`.execute(app.db)
}

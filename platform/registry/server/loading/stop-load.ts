import type { Work } from '#runtime'
import { registryTables } from '../tables.ts'
import { mustBeKept } from './discard-files.ts'

/** Ends an import that runs; what is stored stays. @returns false if it had ended */
export async function cancelLoad(work: Work, load: number): Promise<boolean> {
  const { numUpdatedRows } = await registryTables(work.tx)
    .updateTable('registry.load')
    .set({ state: 'cancelled', ended_at: work.at, moved_at: work.at })
    .where('id', '=', load)
    .where('state', '=', 'loading')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  work.emit({ topic: 'registry.load.ended', key: String(load), audience: { right: 'registry.load.read' } })
  return true
}

/** Lets an import that was cancelled or failed go on where it stood. @returns false if it was not stopped @throws Conflict file-gone */
export async function resumeLoad(work: Work, load: number): Promise<boolean> {
  const stopped = await registryTables(work.tx)
    .updateTable('registry.load')
    .set({ state: 'loading', ended_at: null, problem: null, moved_at: work.at })
    .where('id', '=', load)
    .where('state', 'in', ['cancelled', 'failed'])
    .returning('file')
    .executeTakeFirst()
  if (!stopped) return false
  await mustBeKept(work.tx, stopped.file)
  work.enqueue('registry.load', { load }, { key: String(load) })
  return true
}

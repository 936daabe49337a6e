import { sql } from 'kysely'
import { dataDesk } from '#platform/registry'
import type { App } from '#runtime'
import { readings } from '../../declarations/readings.ts'

/** So long files may be behind while one import follows the other. */
const MOST_MS = 3_600_000

/**
 * Whether a run may begin. While rows of a source are being imported it waits: what it found out would be found out again
 * a moment later, at the cost of the import. The end of the import orders it anew; changes do so after an hour at most.
 */
export async function mayBegin(app: App): Promise<boolean> {
  const loading = await app.use(dataDesk).loading()
  if (!readings.some(({ dataset }) => loading.has(dataset))) return true
  const { rows } = await sql<{ at: Date | null }>`select max(ended_at) as at from one_file.run`.execute(app.db)
  const last = rows[0]?.at
  return last instanceof Date && app.now().getTime() - last.getTime() > MOST_MS
}

import { sql } from 'kysely'
import { dataDesk } from '#platform/registry'
import { sources } from '#platform/sources'
import type { App } from '#runtime'
import { readings } from '../../declarations/readings.ts'

/** So long files may be behind while one import follows the other; of a first import they wait for the end. */
const MOST_MS = 3_600_000

/**
 * Whether a run may begin. While rows of its tables are being collected or imported it waits: what it found out would be
 * found out again a moment later, at the cost of the import.
 */
export async function mayBegin(app: App): Promise<boolean> {
  const coming = new Set([...(await app.use(dataDesk).loading()), ...(await app.use(sources).awaited())])
  if (!readings.some(({ dataset }) => coming.has(dataset))) return true
  const { rows } = await sql<{ at: Date | null }>`select max(ended_at) as at from one_file.run`.execute(app.db)
  const last = rows[0]?.at
  return last instanceof Date && app.now().getTime() - last.getTime() > MOST_MS
}

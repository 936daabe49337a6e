import { Conflict, Forbidden, NotFound, tables, type Work, words } from '#runtime'
import { announceChange, lockBoundaries } from './save-boundaries.ts'
import type { MapTables } from './tables.ts'

/**
 * Takes a boundary out of force; it stays as history.
 * @param within division code prefix that the actor answers for
 * @throws NotFound, Forbidden, Conflict while boundaries below it are in force
 */
export async function endBoundary(work: Work, code: string, within: string): Promise<void> {
  if (!code.startsWith(within)) throw new Forbidden()
  await lockBoundaries(work)
  const db = tables<MapTables>(work.tx)
  const below = await db
    .selectFrom('map.boundary')
    .select('name')
    .where('valid_to', 'is', null)
    .where('code', 'like', `${code.replace(/00$/, '')}_%`)
    .where('code', '<>', code)
    .limit(1)
    .executeTakeFirst()
  if (below)
    throw new Conflict(
      'boundary-has-parts',
      words(
        `其中的${below.name}等边界仍在使用，请先停用下级`,
        `${below.name} inside it is still in force; end the lower levels first`,
      ),
    )
  const ended = await db
    .updateTable('map.boundary')
    .set({ valid_to: work.at })
    .where('code', '=', code)
    .where('valid_to', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows === 0n) throw new NotFound()
  announceChange(work, code)
}

import { type Actor, Conflict, type Db, words } from '#runtime'
import type { DiscardFiles } from '../../contract.ts'
import { registryTables } from '../tables.ts'
import type { LoadParts } from './run-load.ts'

/** Bytes offered again so recently may be about to be imported. */
const QUIET_MS = 24 * 3_600_000

/** See `DataDesk.discard`. Marked first and deleted then, so that nothing that is still counted on is ever missing. */
export async function discardFiles(
  parts: LoadParts,
  actor: Actor,
  { files, importedBy }: DiscardFiles,
): Promise<readonly string[]> {
  const free = await parts.app.work(actor, async ({ tx, at, audit }) => {
    const before = new Date(at.getTime() - QUIET_MS)
    const db = registryTables(tx)
    const known = await db
      .selectFrom('registry.file')
      .leftJoin('registry.load', 'registry.load.file', 'registry.file.sm3')
      .select(['sm3', 'registry.file.by', 'registry.file.at', 'registry.load.by as loadBy', 'registry.load.state'])
      .where('sm3', 'in', [...files])
      .execute()
    const isMine = (by: string | null) => by === null || importedBy.includes(by)
    const needed = new Set(
      known.flatMap((one) =>
        isMine(one.by) && isMine(one.loadBy) && one.state !== 'loading' && one.at < before ? [] : [one.sm3],
      ),
    )
    const rest = files.filter((sm3) => !needed.has(sm3))
    if (rest.length === 0) return []
    const marked = await db
      .updateTable('registry.file')
      .set({ gone_at: at })
      .where('sm3', 'in', rest)
      .where('gone_at', 'is', null)
      .returning(['sm3', 'size'])
      .execute()
    if (marked.length > 0)
      audit({
        event: 'registry.file.discarded',
        details: { files: marked.map(({ sm3 }) => sm3), bytes: marked.reduce((sum, { size }) => sum + size, 0) },
      })
    return rest.map((sm3) => ({ sm3, before }))
  })
  for (const { sm3, before } of free) await parts.files.erase(sm3, before)
  return free.map(({ sm3 }) => sm3)
}

/** @throws Conflict file-gone */
export async function mustBeKept(db: Db, sm3: string): Promise<void> {
  const file = await registryTables(db)
    .selectFrom('registry.file')
    .select('gone_at')
    .where('sm3', '=', sm3)
    .executeTakeFirst()
  if (file?.gone_at)
    throw new Conflict(
      'file-gone',
      words('原始文件的保存期限已过，已删除', 'The file was deleted when the term for keeping it was over'),
    )
}

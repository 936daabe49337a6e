import type { Work } from '#runtime'
import { isThereAnew } from '../connectors/folder.ts'
import type { SourcesParts } from '../parts.ts'
import { type RunRow, type SourceRow, sourcesTables } from '../tables.ts'

/**
 * Whether a run that waits only because what came was not whole makes room for the next one, which asks for the same
 * again. A file does so only for a newer version of itself, and what was pushed never: nobody hands it over again.
 */
export async function givesWay(
  { app }: SourcesParts,
  { tx }: Work,
  { connection }: SourceRow,
  run: RunRow,
): Promise<boolean> {
  const kinds = run.drift?.findings.flatMap(({ halts, kind }) => (halts ? [kind] : [])) ?? []
  const isHalf = kinds.includes('incomplete') && kinds.every((kind) => kind === 'incomplete' || kind === 'shrunk')
  if (run.state !== 'halted' || !isHalf || connection.kind === 'push') return false
  if (connection.kind !== 'folder') return true
  const file = await sourcesTables(tx)
    .selectFrom('sources.seen_file')
    .select(['name', 'size', 'changed_at'])
    .where('run', '=', run.id)
    .executeTakeFirst()
  return file !== undefined && isThereAnew(app.config.inbox, connection.path, file)
}

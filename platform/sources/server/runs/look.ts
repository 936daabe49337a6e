import type { ColumnProfile, FileProfile } from '#platform/registry'
import { InvalidInput, type Words } from '#runtime'
import { isDatabase } from '../../contract.ts'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import { type PartRow, sourcesTables } from '../tables.ts'
import type { RunContext } from './run-store.ts'

/** A part as it is read and mapped, or why it cannot be read. */
export type Seen = { readonly part: PartRow; readonly isCut: boolean } | { readonly reason: Words }

/** Reads a part whole, maps its columns and stores both with it. */
export async function look(
  { app, desk }: SourcesParts,
  { run, feed, source }: RunContext,
  part: PartRow,
  signal: AbortSignal,
): Promise<Seen> {
  const file = { sm3: part.file, name: part.name, size: part.bytes }
  const hash = isDatabase(source.connection) ? 'md5' : 'fast'
  try {
    const { reading, columns } = await app.work(feedActor(feed.id, source.organisation), (work) =>
      desk.inspect(work, feed.dataset, file, part.reading ?? undefined),
    )
    const { rows, columns: profile, isCut }: FileProfile = await desk.profile(part.file, reading, hash, signal)
    const chosen = reading.header.map((title, at) => {
      const own = feed.definition.columns?.[title]
      return own === undefined ? (columns[at] ?? null) : own
    })
    await sourcesTables(app.db)
      .updateTable('sources.part')
      .set({
        reading: JSON.stringify(reading),
        columns: JSON.stringify(onlyOnce(chosen)),
        rows,
        profile: JSON.stringify(profile satisfies readonly ColumnProfile[]),
      })
      .where('run', '=', run.id)
      .where('ordinal', '=', part.ordinal)
      .execute()
    return { part: { ...part, reading, columns: onlyOnce(chosen), rows, profile: [...profile] }, isCut }
  } catch (error) {
    if (error instanceof InvalidInput) return { reason: error.words }
    throw error
  }
}

/** A field takes one column; what was said for a feed comes before what was guessed. */
function onlyOnce(columns: readonly (string | null)[]): (string | null)[] {
  return columns.map((field, at) => (field !== null && columns.indexOf(field) === at ? field : null))
}

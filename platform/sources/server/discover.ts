import { ProductError, system, type Words, type Work } from '#runtime'
import type { FoundTable } from './connectors/connector.ts'
import { openSource, reachable } from './connectors/open-source.ts'
import type { SourcesParts } from './parts.ts'
import { getSource } from './runs/run-store.ts'
import { type SourceRow, sourcesTables } from './tables.ts'

const actor = system('sources.discover')

/** Looks what there is at a source, and notes what was not there before and what is gone. */
export async function discover(parts: SourcesParts, id: string): Promise<void> {
  const { app } = parts
  const source = await getSource(app.db, id)
  const begun = app.now()
  const problem = await lookAt(parts, source, begun)
  await app.work(actor, async ({ tx, at, emit }) => {
    const db = sourcesTables(tx)
    await db
      .updateTable('sources.source')
      .set({ problem: problem ? JSON.stringify(problem) : null, checked_at: at })
      .where('id', '=', id)
      .execute()
    emit({ topic: 'sources.source.looked', key: id, audience: { right: 'sources.read' } })
    // What a look that broke off has not seen may well be there.
    if (problem) return
    await db
      .updateTable('sources.found_table')
      .set({ gone_at: at })
      .where('source', '=', id)
      .where('gone_at', 'is', null)
      .where('seen_at', '<', begun)
      .execute()
  })
}

/** Notes page by page, so that no more than a page is held. @returns why it broke off */
async function lookAt(parts: SourcesParts, source: SourceRow, begun: Date): Promise<Words | undefined> {
  try {
    const connector = await openSource(parts, reachable(parts, source))
    try {
      for await (const page of connector.tables())
        await parts.app.work(actor, (work) => noteTables(work, source.id, page, begun))
    } finally {
      await connector.close()
    }
  } catch (error) {
    if (error instanceof ProductError) return error.words
    throw error
  }
  return undefined
}

async function noteTables(work: Work, source: string, page: readonly FoundTable[], seen_at: Date): Promise<void> {
  if (page.length === 0) return
  await sourcesTables(work.tx)
    .insertInto('sources.found_table')
    .values(
      page.map(({ name, rows, columns }) => ({
        source,
        name,
        rows,
        columns: JSON.stringify(columns),
        seen_at,
        gone_at: null,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['source', 'name']).doUpdateSet(({ ref }) => ({
        rows: ref('excluded.rows'),
        columns: ref('excluded.columns'),
        seen_at: ref('excluded.seen_at'),
        gone_at: null,
      })),
    )
    .execute()
}

/** Every source that is in use, each in a job of its own. */
export const discoverAll = ({ app }: SourcesParts): Promise<void> =>
  app.work(actor, async (work) => {
    const on = await sourcesTables(work.tx)
      .selectFrom('sources.source')
      .select('id')
      .where('is_on', '=', true)
      .execute()
    for (const { id } of on) work.enqueue('sources.discover', { source: id }, { key: id })
  })

import { ProductError, system, type Words } from '#runtime'
import type { FoundTable } from './connectors/connector.ts'
import { openSource, reachable } from './connectors/open-source.ts'
import type { SourcesParts } from './parts.ts'
import { getSource } from './runs/run-store.ts'
import { sourcesTables } from './tables.ts'

/** Looks what there is at a source, and notes what was not there before and what is gone. */
export async function discover(parts: SourcesParts, id: string): Promise<void> {
  const { app } = parts
  const source = await getSource(app.db, id)
  const found = await lookAt(parts, source)
  await app.work(system('sources.discover'), async ({ tx, at, emit }) => {
    const db = sourcesTables(tx)
    const problem = 'problem' in found ? JSON.stringify(found.problem) : null
    await db.updateTable('sources.source').set({ problem, checked_at: at }).where('id', '=', id).execute()
    emit({ topic: 'sources.source.looked', key: id, audience: { right: 'sources.read' } })
    if ('problem' in found) return
    await db
      .updateTable('sources.found_table')
      .set({ gone_at: at })
      .where('source', '=', id)
      .where('gone_at', 'is', null)
      .$if(found.tables.length > 0, (query) =>
        query.where(
          'name',
          'not in',
          found.tables.map(({ name }) => name),
        ),
      )
      .execute()
    for (const { name, rows, columns } of found.tables) {
      const values = { rows, columns: JSON.stringify(columns), seen_at: at, gone_at: null }
      await db
        .insertInto('sources.found_table')
        .values({ source: id, name, ...values })
        .onConflict((conflict) => conflict.columns(['source', 'name']).doUpdateSet(values))
        .execute()
    }
  })
}

async function lookAt(
  parts: SourcesParts,
  source: Awaited<ReturnType<typeof getSource>>,
): Promise<{ readonly tables: readonly FoundTable[] } | { readonly problem: Words }> {
  try {
    const connector = await openSource(parts, reachable(parts, source))
    try {
      return { tables: await connector.tables() }
    } finally {
      await connector.close()
    }
  } catch (error) {
    if (error instanceof ProductError) return { problem: error.words }
    throw error
  }
}

/** Every source that is in use, each in a job of its own. */
export const discoverAll = ({ app }: SourcesParts): Promise<void> =>
  app.work(system('sources.discover'), async (work) => {
    const on = await sourcesTables(work.tx)
      .selectFrom('sources.source')
      .select('id')
      .where('is_on', '=', true)
      .execute()
    for (const { id } of on) work.enqueue('sources.discover', { source: id }, { key: id })
  })

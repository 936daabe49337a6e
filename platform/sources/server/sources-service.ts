import type { Sources } from '../contract.ts'
import { GOING_STATES } from '../run.ts'
import { defineFeed } from './define/define-feed.ts'
import { defineSource } from './define/define-source.ts'
import type { SourcesParts } from './parts.ts'
import { getSource } from './runs/run-store.ts'
import { startRun } from './runs/start-run.ts'
import { sourcesTables } from './tables.ts'
import { feedViews, getReport, runReports, sourceViews, tableViews } from './views/views.ts'

/** Sources as other modules use them. */
export const sourcesService = (parts: SourcesParts): Sources => {
  const { app } = parts
  return {
    define: (work, source) => defineSource(parts, work, source),
    defineFeed: (work, feed) => defineFeed(app, work, feed),
    sources: () => sourceViews(app),
    feeds: (of) => feedViews(app, of),
    tables: (source) => tableViews(app, source),
    discover: async (work, source) => {
      await getSource(work.tx, source)
      work.enqueue('sources.discover', { source }, { key: source })
    },
    runs: (of) => runReports(app.db, { limit: 200, ...of }),
    run: (id) => getReport(app.db, id),
    awaited: async () => {
      const rows = await sourcesTables(app.db)
        .selectFrom('sources.run')
        .innerJoin('sources.feed', 'sources.feed.id', 'sources.run.feed')
        .select('dataset')
        .where('state', 'in', GOING_STATES)
        // One that waits for a source that was away may wait long.
        .where('attempts', '=', 0)
        .execute()
      return new Set(rows.map(({ dataset }) => dataset))
    },
    start: startRun,
  }
}

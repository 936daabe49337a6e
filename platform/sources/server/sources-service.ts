import type { Sources } from '../contract.ts'
import { defineFeed } from './define/define-feed.ts'
import { defineSource } from './define/define-source.ts'
import type { SourcesParts } from './parts.ts'
import { getSource, goingRuns } from './runs/run-store.ts'
import { startRun } from './runs/start-run.ts'
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
      const rows = await goingRuns(app.db)
        .innerJoin('sources.feed', 'sources.feed.id', 'sources.run.feed')
        .select('dataset')
        .execute()
      return new Set(rows.map(({ dataset }) => dataset))
    },
    start: (work, feed, how) => startRun(parts, work, feed, how),
  }
}

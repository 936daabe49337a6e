import { type App, type ServerPart, words } from '#runtime'
import { analytics } from '../contract.ts'
import { analyticsService } from './analytics-service.ts'
import { Places } from './open-question.ts'
import { questionRoutes } from './routes/question-routes.ts'
import { tableRoutes } from './routes/table-routes.ts'
import { TableFolders } from './snapshots/manifest.ts'

const HOUR = 3600

export const server = (app: App): ServerPart => {
  const service = analyticsService(app, new TableFolders(app.config.dataDir))
  app.provide(analytics, service)
  return {
    routes: [...tableRoutes(app, service), ...questionRoutes(app, service, new Places())],
    jobs: [
      {
        id: 'analytics.refresh',
        title: words('更新分析表', 'Bring a table of analysis up to date'),
        expireSeconds: 2 * HOUR,
        run: async (data, signal) => {
          await service.refresh((data as { dataset: string }).dataset, undefined, signal)
        },
      },
      {
        id: 'analytics.refresh-all',
        title: words('每夜更新所有分析表', 'Bring all tables of analysis up to date each night'),
        schedule: '30 2 * * *',
        expireSeconds: 6 * HOUR,
        run: async (_, signal) => {
          for (const { dataset } of await service.tables())
            if (dataset && !signal.aborted) await service.refresh(dataset, undefined, signal)
        },
      },
    ],
  }
}

import { loops } from '#platform/loops'
import { fieldUses } from '#platform/registry'
import { type App, type ServerPart, words } from '#runtime'
import { ckanRoutes } from './ckan/routes.ts'
import { dcatRoutes } from './dcat/routes.ts'
import { beginDemonstration, DEMONSTRATE, demonstrate } from './demonstration/demonstrate.ts'
import { manageRoutes } from './manage-routes.ts'
import { openOfFields } from './open-of-fields.ts'
import { applicationRoutes } from './readers/application-routes.ts'
import { readerEffects } from './readers/hooks.ts'
import { voiceRoutes } from './readers/voice-routes.ts'
import { clearFiles } from './release/clear-files.ts'
import { releaseHooks } from './release/hooks.ts'
import { makeProposed } from './release/make-version.ts'
import { refreshDue, refreshEntry } from './release/refresh.ts'
import { catalogueRoutes } from './site/catalogue-routes.ts'
import { crawlerRoutes } from './site/crawler-routes.ts'
import { fileRoutes } from './site/file-routes.ts'
import { openHeads } from './site/heads.ts'
import { rowRoutes } from './site/row-routes.ts'
import { Shelf } from './site/shelf.ts'

const HOUR = 3600

export const server = (app: App): ServerPart => {
  const { effects, ...hooks } = releaseHooks(app)
  app.use(loops).hooks('open-data', { ...hooks, effects: { ...effects, ...readerEffects(app) } })
  app.use(fieldUses).tell(openOfFields)
  const shelf = new Shelf(app)
  return {
    routes: [
      ...catalogueRoutes(app, shelf),
      ...rowRoutes(app, shelf),
      ...fileRoutes(app, shelf),
      ...voiceRoutes(app, shelf),
      ...applicationRoutes(app, shelf),
      ...manageRoutes(app),
      ...ckanRoutes(app, shelf),
      ...dcatRoutes(app, shelf),
      ...crawlerRoutes(app, shelf),
    ],
    heads: openHeads(app, shelf),
    jobs: [
      {
        id: 'open-data.make',
        title: words('形成开放版本并检验', 'Make and test a version of open data'),
        expireSeconds: 6 * HOUR,
        run: (data, signal) => makeProposed(app, (data as { entry: string }).entry, signal),
      },
      {
        id: 'open-data.refresh',
        title: words('更新开放数据', 'Bring open data up to date'),
        expireSeconds: 6 * HOUR,
        run: (data, signal) => refreshEntry(app, (data as { entry: string }).entry, signal),
      },
      {
        id: 'open-data.look',
        title: words('核对来源和更新承诺', 'Look at sources and promises'),
        schedule: '7 * * * *',
        run: () => refreshDue(app),
      },
      {
        id: 'open-data.clear-files',
        title: words('清理旧版本的文件', 'Clear files of earlier versions'),
        schedule: '40 2 * * *',
        run: (_data, signal) => clearFiles(app, signal),
      },
      {
        id: DEMONSTRATE,
        title: words('开放演示数据', 'Open the data of the demonstration'),
        run: (data) => demonstrate(app, data),
      },
    ],
    start: async () => {
      if (app.config.demo) await beginDemonstration(app)
    },
  }
}

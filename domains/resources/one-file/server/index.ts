import { loops } from '#platform/loops'
import { fieldUses } from '#platform/registry'
import { type App, type ServerPart, words } from '#runtime'
import { oneFile } from '../contract.ts'
import { readings } from '../declarations/readings.ts'
import { objectionRoutes } from './file/objection-routes.ts'
import { purposesRoute } from './file/purposes.ts'
import { readersRoute } from './file/readers.ts'
import { firmRoutes } from './firm/firm-routes.ts'
import { followRows, matchingJobs, takeUp } from './jobs.ts'
import { oneFileService } from './one-file-service.ts'
import { ownRoutes } from './own/own-routes.ts'
import { personRoutes } from './person/person-routes.ts'
import { reviewHooks } from './review/hooks.ts'
import { mergeRoutes } from './review/merge-routes.ts'
import { qualityRoutes } from './review/quality-routes.ts'
import { reviewRoutes } from './review/review-routes.ts'
import { fieldsOf } from './run/read-part.ts'

const FILE = { kind: words('档案', 'File'), title: words('一人一档、一企一档', 'Files of persons and firms') }

export const server = (app: App): ServerPart => {
  app.use(loops).hooks('one-file', reviewHooks)
  app.provide(oneFile, oneFileService(app))
  app
    .use(fieldUses)
    .tell(async (_, { id }) =>
      readings.flatMap(({ dataset, parts }) => (dataset === id ? [{ ...FILE, fields: fieldsOf(parts) }] : [])),
    )
  return {
    routes: [
      ...personRoutes(app),
      ...firmRoutes(app),
      purposesRoute(app),
      readersRoute(app),
      ...ownRoutes(app),
      ...objectionRoutes(app),
      ...reviewRoutes(app),
      ...mergeRoutes(app),
      ...qualityRoutes(app),
    ],
    jobs: matchingJobs(app),
    subscribers: [followRows],
    start: () => takeUp(app),
  }
}

import { loops } from '#platform/loops'
import { type App, type ServerPart, words } from '#runtime'
import { beginChanges, enoughNotice, notProposer, planChange } from './changes.ts'
import { firstPlace, forgetAnswer, setOwner } from './claims.ts'
import { loadElements } from './elements.ts'
import { codeListRoutes } from './routes/code-list-routes.ts'
import { elementRoutes } from './routes/element-routes.ts'
import { mappingRoutes } from './routes/mapping-routes.ts'

export const server = (app: App): ServerPart => {
  app.use(loops).hooks('standards', {
    choices: { 'first-place': firstPlace(app) },
    guards: { 'not-proposer': notProposer, 'enough-notice': enoughNotice(app) },
    effects: { 'set-owner': setOwner(app), 'forget-answer': forgetAnswer, 'plan-change': planChange(app) },
  })
  return {
    routes: [...elementRoutes(app), ...mappingRoutes(app), ...codeListRoutes(app)],
    jobs: [
      {
        id: 'standards.begin',
        title: words('到期变更生效', 'Changes of elements begin'),
        schedule: '7 * * * *',
        run: () => beginChanges(app),
      },
    ],
    start: () => loadElements(app),
  }
}

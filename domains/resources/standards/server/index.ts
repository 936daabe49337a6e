import { loops } from '#platform/loops'
import { type App, type ServerPart, words } from '#runtime'
import { forgetAnswer, setOwner } from './change-of-source.ts'
import { beginChanges } from './changes/begin.ts'
import { enoughNotice, firstLook, notProposer, planChange, stillFits } from './changes/decide.ts'
import { firstPlace } from './claims.ts'
import { loadElements } from './elements.ts'
import { codeListRoutes } from './routes/code-list-routes.ts'
import { elementRoutes } from './routes/element-routes.ts'
import { mappingRoutes } from './routes/mapping-routes.ts'

export const server = (app: App): ServerPart => {
  app.use(loops).hooks('standards', {
    choices: { 'first-place': firstPlace(app), 'first-look': firstLook },
    guards: { 'not-proposer': notProposer, 'enough-notice': enoughNotice(app), 'still-fits': stillFits(app) },
    effects: { 'set-owner': setOwner(app), 'forget-answer': forgetAnswer, 'plan-change': planChange(app) },
  })
  return {
    routes: [...elementRoutes(app), ...mappingRoutes(app), ...codeListRoutes(app)],
    jobs: [
      {
        id: 'standards.begin',
        title: words('到期变更生效', 'Decided changes begin'),
        schedule: '7 * * * *',
        run: () => beginChanges(app),
      },
    ],
    start: () => loadElements(app),
  }
}

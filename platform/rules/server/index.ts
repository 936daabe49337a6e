import type { App, ServerPart } from '#runtime'
import { rules } from '../contract.ts'
import { draftPackRoute } from './draft-pack.ts'
import { evaluateRoute } from './evaluate.ts'
import { listRulesRoute } from './list-rules.ts'
import { loadPublished, publishPackRoute } from './publish-pack.ts'
import { Rulebook } from './rulebook.ts'
import { showRuleRoute } from './show-rule.ts'

export function server(app: App): ServerPart {
  const book = new Rulebook(app.declared('rules').map(({ entry }) => entry))
  app.provide(rules, book)
  app.hear(({ topic }) => {
    if (topic === 'rules.pack.published') void loadPublished(app.db, book)
  })
  return {
    routes: [
      listRulesRoute(app, book),
      showRuleRoute(book),
      evaluateRoute(app, book),
      draftPackRoute(book),
      publishPackRoute(book),
    ],
    start: () => loadPublished(app.db, book),
  }
}

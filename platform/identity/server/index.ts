import { keys } from '#platform/crypto'
import { type App, authenticator, type ServerPart } from '#runtime'
import { identity, staffing } from '../contract.ts'
import { accountRoutes } from './account-routes.ts'
import { ActorCache } from './actor-cache.ts'
import { Callers } from './authenticator.ts'
import { delegationRoutes } from './delegation-routes.ts'
import { demonstrationRoute } from './demonstration-route.ts'
import { identityService } from './identity-service.ts'
import { loadDemonstration } from './load-demonstration.ts'
import { loadOrganisations } from './load-organisations.ts'
import { organisationRoutes } from './organisation-routes.ts'
import { ownAccountRoutes } from './own-account-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { postRoutes } from './post-routes.ts'
import { proofRoutes } from './proof-routes.ts'
import { Proofs } from './proofs.ts'
import { roleRoutes } from './role-routes.ts'
import { SecondFactor } from './second-factor.ts'
import { secondFactorRoutes } from './second-factor-routes.ts'
import { sessionAdminRoutes } from './session-admin-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { signInRoute } from './sign-in.ts'
import { staffingService } from './staffing.ts'
import { syncRoles } from './sync-roles.ts'
import { tidyJob } from './tidy.ts'
import { tokenRoutes } from './token-routes.ts'

export const server = (app: App): ServerPart => {
  const cache = new ActorCache()
  const callers = new Callers(app, cache)
  const factor = new SecondFactor(app)
  app.use(keys).reseals(factor.resealer())
  const proofs = new Proofs(app)
  app.use(keys).reseals(proofs.resealer())
  app.provide(authenticator, callers)
  app.provide(identity, identityService(app, proofs))
  app.provide(staffing, staffingService(app, cache, proofs))
  return {
    routes: [
      signInRoute(app, (work, account, code) => factor.check(work, account, code)),
      ...sessionRoutes(callers, cache),
      demonstrationRoute(app),
      ...ownAccountRoutes(cache),
      ...secondFactorRoutes(factor, cache),
      ...organisationRoutes(app, cache),
      ...postRoutes(app, cache),
      ...accountRoutes(app, cache),
      ...proofRoutes(proofs),
      ...peopleRoutes(),
      ...roleRoutes(app, cache),
      ...delegationRoutes(cache),
      ...tokenRoutes(cache),
      ...sessionAdminRoutes(cache),
    ],
    jobs: [tidyJob(app)],
    start: async () => {
      await loadOrganisations(app)
      await syncRoles(app)
      if (app.config.demo) await loadDemonstration(app)
      cache.follow(app)
    },
  }
}

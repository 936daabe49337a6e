import { covers, identity } from '#platform/identity'
import { type App, Forbidden, type Scope, type Work, words } from '#runtime'

/** @throws Forbidden for what another unit answers for */
export async function mustReachUnit(app: App, work: Work, scope: Scope, owner: string): Promise<void> {
  const organisation = await app.use(identity).organisation(owner, work.tx)
  if (!covers(scope, work.actor, organisation ? { path: organisation.path } : {}))
    throw new Forbidden('not-your-unit', words('不是您单位负责的', 'Another unit answers for it'))
}

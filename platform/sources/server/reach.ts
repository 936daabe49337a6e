import { identity } from '#platform/identity'
import { type App, NotFound, type Scope } from '#runtime'

/** Organisations whose sources a right reaches; undefined for all. */
export async function organisationsIn(app: App, scope: Scope): Promise<readonly string[] | undefined> {
  if (scope.reach === 'city') return undefined
  return scope.reach === 'subtree' ? app.use(identity).organisationsWithin(scope.path) : [scope.organisation]
}

/** @throws NotFound for a source out of reach, as if there were none */
export async function mustReach(app: App, scope: Scope, organisation: string): Promise<void> {
  const within = await organisationsIn(app, scope)
  if (within && !within.includes(organisation)) throw new NotFound()
}

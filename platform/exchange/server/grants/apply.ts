import { loops } from '#platform/loops'
import { rules } from '#platform/rules'
import type { App, Work } from '#runtime'
import { type Application, checkApplication } from './application.ts'
import type { GrantStore } from './grant-store.ts'
import { askedInWords } from './in-words.ts'
import { makeGrant } from './request-hooks.ts'

export interface Applied {
  /** Number of the matter. */
  readonly request: string
  readonly place: string
  /** Granted at once. */
  readonly grant: string | null
}

/** Opens the matter of an application; what is shared without conditions is granted in the same breath. */
export async function apply(
  app: App,
  store: GrantStore,
  work: Work,
  application: Application,
  key: string,
): Promise<Applied> {
  const checked = await checkApplication(app, work, application)
  const within = (stage: string) =>
    (app.use(rules).evaluate('exchange.clocks', { stage }, { at: work.at }).result as { within: string }).within
  const data = {
    ...checked,
    asked: askedInWords(app, checked),
    decideWithin: within('decide'),
    deliverWithin: within('deliver'),
    objectWithin: within('object'),
    arbitrateWithin: within('arbitrate'),
  }
  const matter = await app.use(loops).open(work, { definition: 'exchange.request', data, key })
  work.audit({ event: 'exchange.request.made', subject: { kind: 'exchange.request', id: matter.id } })
  const known = matter.data.grant as string | undefined
  if (matter.place === 'considering' || known) return { request: matter.id, place: matter.place, grant: known ?? null }
  const grant = await makeGrant(store, work, data, matter.id)
  await app.use(loops).update(work, matter.id, { grant })
  return { request: matter.id, place: matter.place, grant }
}

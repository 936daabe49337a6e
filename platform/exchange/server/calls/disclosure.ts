import type { Disclosure } from '#platform/registry'
import { rules } from '#platform/rules'
import type { App } from '#runtime'

/** What totals may tell of single rows today. */
export const disclosureNow = (app: App): Disclosure =>
  app.use(rules).evaluate('exchange.disclosure', {}, { at: app.now(), locality: 'CN' }).result as Disclosure

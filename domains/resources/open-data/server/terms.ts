import { rules } from '#platform/rules'
import type { App } from '#runtime'
import type { Freshness } from '../rules/terms.ts'
import type { Entry } from './store.ts'

/** Term of a step under the rules of the day, e.g. `5wd`. */
export function termOf(app: App, step: 'formal-check' | 'decision' | 'answer' | 'review', at: Date): string {
  const { result } = app.use(rules).evaluate('open-data.terms', { step }, { at })
  return (result as { readonly term: string }).term
}

/** Whether the promise of an entry is kept now. */
export function freshnessOf(app: App, { meta, newestAt }: Pick<Entry, 'meta' | 'newestAt'>, at: Date): Freshness {
  const age = newestAt ? Math.max(0, at.getTime() - Date.parse(newestAt)) / 3_600_000 : 0
  const { result } = app.use(rules).evaluate('open-data.freshness', { promise: meta.promise, ageHours: age }, { at })
  return result as Freshness
}

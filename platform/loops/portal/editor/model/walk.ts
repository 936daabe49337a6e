import type { Action, Assignee, Fork } from '../../../definition.ts'
import type { Draft } from './draft.ts'

/** Steps to which something may lead. */
export const targetsOf = (to: string | Fork | undefined): readonly string[] =>
  to === undefined || to === '' ? [] : typeof to === 'string' ? [to] : to.among

/** Steps from which an action starts. */
export const sourcesOf = ({ places }: Draft, { from }: Action): readonly string[] =>
  from === '*'
    ? Object.keys(places).filter((id) => places[id]?.kind !== 'end')
    : from.filter((id) => places[id] !== undefined)

/** Actions that start from a step. */
export const actionsFrom = (draft: Draft, place: string): (readonly [string, Action])[] =>
  Object.entries(draft.actions).filter(([, action]) => sourcesOf(draft, action).includes(place))

/** One or several as a list. */
export const listOf = (who: Assignee | readonly Assignee[] | undefined): readonly Assignee[] =>
  who === undefined ? [] : Array.isArray(who) ? who : [who as Assignee]

/** Steps in the order in which one comes to them; those to which nothing leads last. */
export function stepsInOrder(draft: Draft): string[] {
  const seen = new Set<string>()
  const todo = [...targetsOf(draft.start)]
  for (let at = todo.shift(); at !== undefined; at = todo.shift()) {
    if (seen.has(at) || !draft.places[at]) continue
    seen.add(at)
    todo.push(...actionsFrom(draft, at).flatMap(([, action]) => targetsOf(action.to)))
  }
  const all = [...seen, ...Object.keys(draft.places).filter((id) => !seen.has(id))]
  const isEnd = (id: string) => draft.places[id]?.kind === 'end'
  return [...all.filter((id) => !isEnd(id)), ...all.filter(isEnd)]
}

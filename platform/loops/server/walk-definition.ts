import type { Action, Assignee, Fork, LoopDefinition, Place } from '../contract.ts'

const list = <T>(one: T | readonly T[] | undefined): readonly T[] =>
  one === undefined ? [] : Array.isArray(one) ? one : [one as T]

/** One or several assignees as a list. */
export const asList = (who: Assignee | readonly Assignee[] | undefined): readonly Assignee[] => list(who)

/** Every assignee that a definition names. */
export function assigneesOf(definition: LoopDefinition): Assignee[] {
  const places = Object.values(definition.places)
  const clocks = [definition.clock, ...places.flatMap(({ clock, beside }) => [clock, beside])].filter(
    (clock) => clock !== undefined,
  )
  return [
    ...places.flatMap((place) => asList(place.assign)),
    ...Object.values(definition.actions).flatMap((action) => asList(action.who)),
    ...clocks.flatMap((clock) => (clock.atLimit ?? []).flatMap((step) => ('urge' in step ? [step.urge] : []))),
    ...clocks.flatMap((clock) => (clock.extension ? [clock.extension.who] : [])),
    ...(definition.readers ?? []),
    ...(definition.served ? [definition.served] : []),
    ...asList(definition.refusal?.to),
  ]
}

/** Every fork of a definition: at its start and behind its actions. */
export const forksOf = (definition: LoopDefinition): Fork[] =>
  [definition.start, ...Object.values(definition.actions).map((action) => action.to)].filter(
    (to): to is Fork => typeof to === 'object',
  )

/** Places to which something may lead. */
export const targetsOf = (to: string | Fork | undefined): readonly string[] =>
  to === undefined ? [] : typeof to === 'string' ? [to] : to.among

/** Whether an action starts from a place. */
export const startsFrom = (action: Action, name: string, place: Place): boolean =>
  action.from === '*' ? place.kind !== 'end' : action.from.includes(name)

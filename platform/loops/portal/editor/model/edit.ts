import type { Words } from '../../../../runtime/words.ts'
import type { Action, ClockRule, Fork, Place } from '../../../definition.ts'
import { type Draft, type Patch, patched } from './draft.ts'
import { actionsFrom, targetsOf } from './walk.ts'

/** `step1`, `step2`, …: the first that is free. */
export function freshName(taken: object, base: string): string {
  let n = 1
  while (`${base}${n}` in taken) n++
  return `${base}${n}`
}

/** A new step; the first one is where matters begin. */
export function addStep(draft: Draft, title: Words, kind: Place['kind'] = 'open'): readonly [Draft, string] {
  const id = freshName(draft.places, 'step')
  const place: Place =
    kind === 'end' ? { title, kind, outcome: 'done' } : { title, kind, assign: { right: 'loops.handle' } }
  const start = targetsOf(draft.start).length > 0 ? draft.start : id
  return [{ ...draft, start, places: { ...draft.places, [id]: place } }, id]
}

export function addAction(draft: Draft, from: string, to: string, title: Words): readonly [Draft, string] {
  const id = freshName(draft.actions, 'action')
  return [{ ...draft, actions: { ...draft.actions, [id]: { title, from: [from], to } } }, id]
}

/** Titles of what is new. */
export const SUBMIT: Words = { zh: '提交', en: 'Submit' }
export const FINISH: Words = { zh: '办结', en: 'Finish' }
export const NEW_STEP: Words = { zh: '新环节', en: 'New step' }
export const NEW_END: Words = { zh: '办结', en: 'Done' }

/** A new action from one step to another, named by where it leads; the first of a step is its main button. */
export function connect(draft: Draft, from: string, to: string): readonly [Draft, string] {
  const isFirst = actionsFrom(draft, from).length === 0
  const [next, id] = addAction(draft, from, to, draft.places[to]?.kind === 'end' ? FINISH : SUBMIT)
  return [isFirst ? setAction(next, id, { look: 'primary' }) : next, id]
}

/** A new step after another, with the action that leads there. */
export function drawOn(draft: Draft, from: string, kind: 'open' | 'end'): readonly [Draft, string] {
  const [next, id] = addStep(draft, kind === 'end' ? NEW_END : NEW_STEP, kind)
  return [connect(next, from, id)[0], id]
}

export function setStep(draft: Draft, id: string, patch: Patch<Place>): Draft {
  const place = draft.places[id]
  return place ? { ...draft, places: { ...draft.places, [id]: patched(place, patch) } } : draft
}

/** What a step keeps when it becomes one of another kind. */
export const setKind = (draft: Draft, id: string, kind: Place['kind']): Draft =>
  kind === 'end'
    ? setStep(draft, id, { kind, outcome: 'done', assign: undefined, clock: undefined, joint: undefined })
    : setStep(draft, id, { kind, outcome: undefined })

export function setAction(draft: Draft, id: string, patch: Patch<Action>): Draft {
  const action = draft.actions[id]
  return action ? { ...draft, actions: { ...draft.actions, [id]: patched(action, patch) } } : draft
}

const without = <T>(record: Readonly<Record<string, T>>, id: string): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== id))

/**
 * Takes a step away with the actions that only started there. Others that led there lead on to where it led, if that is one
 * step; else they go too, since a button that leads nowhere is no use.
 */
export function removeStep(draft: Draft, id: string): Draft {
  const places = without(draft.places, id)
  const led = new Set(actionsFrom(draft, id).flatMap(([, action]) => targetsOf(action.to)))
  led.delete(id)
  const onward = led.size === 1 ? [...led][0] : undefined
  const kept = Object.entries(draft.actions).flatMap(([name, action]) => {
    const from = action.from === '*' ? '*' : action.from.filter((place) => place !== id)
    if (from.length === 0) return []
    if (action.to === id && (onward === undefined || (from !== '*' && from.every((place) => place === onward))))
      return []
    const to = toWithout(action.to, id) ?? (action.to === id ? onward : undefined)
    return [[name, patched(action, { from, to })] as const]
  })
  const gone = Object.keys(draft.actions).filter((name) => !kept.some(([other]) => other === name))
  const rest = gone.reduce(removeAction, {
    ...draft,
    places,
    actions: { ...draft.actions, ...Object.fromEntries(kept) },
  })
  const start = toWithout(draft.start, id) ?? Object.keys(places)[0] ?? ''
  return patched(rest, {
    start,
    ...(draft.reopen?.to === id ? { reopen: undefined } : {}),
    ...(draft.clock?.from === id ? { clock: patched(draft.clock, { from: undefined }) } : {}),
  })
}

function toWithout(to: string | Fork | undefined, id: string): string | Fork | undefined {
  if (to === undefined || to === id) return undefined
  if (typeof to === 'string') return to
  const among = to.among.filter((place) => place !== id)
  return among.length > 1 ? { ...to, among } : among[0]
}

/** Takes an action away, also where others name it. */
export function removeAction(draft: Draft, id: string): Draft {
  const actions = Object.entries(without(draft.actions, id)).map(([name, action]) => {
    if (!action.notBy?.includes(id)) return [name, action] as const
    const notBy = action.notBy.filter((other) => other !== id)
    return [name, patched(action, { notBy: notBy.length > 0 ? notBy : undefined })] as const
  })
  const places = Object.entries(draft.places).map(
    ([name, place]) => [name, place.clock ? patched(place, { clock: clockWithout(place.clock, id) }) : place] as const,
  )
  return patched(
    { ...draft, actions: Object.fromEntries(actions), places: Object.fromEntries(places) },
    draft.clock ? { clock: clockWithout(draft.clock, id) } : {},
  )
}

function clockWithout(clock: ClockRule, action: string): ClockRule {
  const steps = clock.atLimit?.filter((step) => !('act' in step && step.act === action))
  return steps?.length === clock.atLimit?.length
    ? clock
    : patched(clock, { atLimit: steps?.length ? steps : undefined })
}

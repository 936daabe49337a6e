import { Type } from 'typebox'
import { field } from '#platform/registry'
import { words } from '#runtime'
import type { Action, LoopDefinition } from './definition.ts'

const reason = Type.Object(
  { reason: field.longText(words('理由', 'Reason'), { min: 1, max: 2000 }) },
  { additionalProperties: false },
)

const always: Readonly<Record<string, Action>> = {
  'loops.sign': { title: words('签收', 'Sign for it'), from: '*' },
  'loops.note': {
    title: words('备注', 'Add a note'),
    from: '*',
    who: [{ holder: true }, { opener: true }, { right: 'loops.supervise' }],
    form: Type.Object(
      { text: field.longText(words('内容', 'Text'), { min: 1, max: 4000 }) },
      { additionalProperties: false },
    ),
  },
  'loops.transfer': {
    title: words('转办', 'Transfer'),
    from: '*',
    who: [{ holder: true }, { right: 'loops.supervise' }],
    form: Type.Object(
      { to: field.text(words('转给', 'To')), reason: reason.properties.reason },
      { additionalProperties: false },
    ),
  },
  'loops.return': { title: words('退回上一步', 'Return to the step before'), from: '*', form: reason },
  'loops.urge': {
    title: words('催办', 'Urge'),
    from: '*',
    who: [{ opener: true }, { right: 'loops.supervise' }],
    form: Type.Object(
      { text: field.longText(words('催办意见', 'Words'), { min: 1, max: 2000 }) },
      { additionalProperties: false },
    ),
  },
  'loops.supervise': {
    title: words('督办', 'Supervise'),
    from: '*',
    who: { right: 'loops.supervise' },
    times: 1,
    form: Type.Object(
      { text: field.longText(words('督办要求', 'What is demanded'), { min: 1, max: 2000 }) },
      { additionalProperties: false },
    ),
  },
  'loops.instruct': {
    title: words('批示', 'Instruct'),
    from: '*',
    who: { right: 'loops.instruct' },
    form: Type.Object(
      {
        text: field.longText(words('批示内容', 'Instruction'), { min: 1, max: 4000 }),
        restricted: field.boolean(words('仅承办人可见', 'Only for those who have it now')),
      },
      { additionalProperties: false },
    ),
  },
}

const pause: Readonly<Record<string, Action>> = {
  'loops.pause': { title: words('暂停计时', 'Pause the clock'), from: '*', form: reason, clock: { pause: true } },
  'loops.resume': { title: words('恢复计时', 'Resume the clock'), from: '*', form: reason, clock: { resume: true } },
}

/** Ids of all actions that a matter may get for free. */
export const GENERIC: readonly string[] = [
  ...Object.keys({ ...always, ...pause }),
  'loops.extend',
  'loops.reopen',
  'loops.evaluate',
]

/** What a definition gets for free, as the same kind of action that it declares itself. */
export function genericActions(definition: LoopDefinition): Readonly<Record<string, Action>> {
  const { clock, reopen, evaluation, served, places, without = [] } = definition
  const ends = Object.keys(places).filter((name) => places[name]?.kind === 'end')
  const all: Record<string, Action> = { ...always, ...(clock?.pausable ? pause : {}) }
  if (clock?.extension)
    all['loops.extend'] = {
      title: words('延长期限', 'Extend the term'),
      from: '*',
      who: clock.extension.who,
      form: reason,
      clock: { extend: clock.extension.by },
    }
  if (reopen)
    all['loops.reopen'] = {
      title: words('重新办理', 'Take up again'),
      from: ends,
      to: reopen.to,
      who: { right: 'loops.reopen' },
      form: reason,
    }
  if (evaluation)
    all['loops.evaluate'] = {
      title: words('评价', 'Evaluate'),
      from: ends,
      who: served ?? { opener: true },
      times: 1,
      form: evaluation,
    }
  for (const id of without) delete all[id]
  return all
}

const known = new WeakMap<LoopDefinition, Readonly<Record<string, Action>>>()

/** Everything that can be done with a matter of this definition. */
export function actionsOf(definition: LoopDefinition): Readonly<Record<string, Action>> {
  const before = known.get(definition)
  if (before) return before
  const all = { ...genericActions(definition), ...definition.actions }
  known.set(definition, all)
  return all
}

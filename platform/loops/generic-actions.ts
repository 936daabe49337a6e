import { Type } from 'typebox'
import { field, fieldMeta } from '#platform/registry'
import { words } from '#runtime'
import type { Action, LoopDefinition, RefusalRule } from './definition.ts'

const reason = Type.Object(
  { reason: field.longText(words('理由', 'Reason'), { min: 1, max: 2000 }) },
  { additionalProperties: false },
)

/** Marks a field that holds the number of another matter: pages link it. */
export const MATTER = 'loops.matter'

const matter = Type.Object(
  { matter: field.reference(words('事项编号', 'Number of the matter'), MATTER) },
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
  'loops.merge': {
    title: words('并入同一事项', 'Merge into another'),
    from: '*',
    who: [{ holder: true }, { right: 'loops.supervise' }],
    form: Type.Object(
      {
        into: {
          ...field.reference(words('主事项编号', 'Number of the matter that leads'), MATTER),
          pattern: '^[0-9]{1,15}$',
        },
        reason: reason.properties.reason,
      },
      { additionalProperties: false },
    ),
  },
  'loops.split': {
    title: words('拆分出来', 'Split off again'),
    from: '*',
    who: [{ whoDid: 'loops.merge' }, { right: 'loops.supervise' }],
    form: reason,
  },
  'loops.gained': {
    title: words('有一件事项并入本事项', 'A matter was merged into this one'),
    from: '*',
    automatic: 'service',
    form: matter,
  },
  'loops.lost': {
    title: words('有一件事项从本事项拆出', 'A matter was split off this one'),
    from: '*',
    automatic: 'service',
    form: matter,
  },
  'loops.follow': { title: words('随主事项办结', 'Ended with the one that leads'), from: '*', automatic: 'service' },
  'loops.share-clock': { title: words('主办期限变更', 'The shared clock changed'), from: '*', automatic: 'service' },
  'loops.update': { title: words('数据更新', 'Data changed'), from: '*', automatic: 'service' },
  'loops.move': { title: words('转入新版流程', 'Moved to another version'), from: '*', automatic: 'service' },
  'loops.hand-over': { title: words('移交', 'Handed over'), from: '*', automatic: 'service' },
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

const dispute = (to: RefusalRule['to']): Readonly<Record<string, Action>> => ({
  'loops.refuse': {
    title: words('不属本单位，申请裁定', 'Not mine; ask for a ruling'),
    from: '*',
    times: 1,
    form: reason,
  },
  'loops.rule': {
    title: words('裁定承办单位', 'Rule whose it is'),
    from: '*',
    who: to,
    form: Type.Object(
      { to: field.text(words('承办岗位', 'Whose it is')), reason: reason.properties.reason },
      { additionalProperties: false },
    ),
  },
})

/** The facts of the part; what only the program fills in it has from the whole. */
const division = ({ data }: LoopDefinition): Action => ({
  title: words('拆出一件', 'Take a part out'),
  from: '*',
  who: [{ holder: true }, { right: 'loops.supervise' }],
  form: Type.Object(
    {
      part: Type.Object(
        Object.fromEntries(
          Object.entries(data.properties)
            .filter(([, property]) => !fieldMeta(property)?.internal)
            .map(([name, property]) => [name, data.required?.includes(name) ? property : Type.Optional(property)]),
        ),
        { additionalProperties: false },
      ),
      reason: reason.properties.reason,
      /** Filled in by the engine. */
      matter: Type.Optional(field.reference(words('拆出的事项编号', 'Number of the part'), MATTER)),
    },
    { additionalProperties: false },
  ),
})

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
  'loops.refuse',
  'loops.rule',
  'loops.divide',
]

/** What a definition gets for free, as the same kind of action that it declares itself. */
export function genericActions(definition: LoopDefinition): Readonly<Record<string, Action>> {
  const { clock, reopen, evaluation, served, places, refusal, divisible, without = [] } = definition
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
  if (refusal) Object.assign(all, dispute(refusal.to))
  if (divisible) all['loops.divide'] = division(definition)
  for (const id of without) delete all[id]
  return all
}

const known = new WeakMap<LoopDefinition, Readonly<Record<string, Action>>>()

/** Everything that can be done with a matter of this definition: what it declares, in that order, then what it gets for free. */
export function actionsOf(definition: LoopDefinition): Readonly<Record<string, Action>> {
  const before = known.get(definition)
  if (before) return before
  const all = { ...definition.actions, ...genericActions(definition), ...definition.actions }
  known.set(definition, all)
  return all
}

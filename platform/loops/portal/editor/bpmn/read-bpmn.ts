import type { BpmnElement } from 'bpmn-moddle'
import { type Words, words } from '../../../../runtime/words.ts'
import type { Action, Place } from '../../../definition.ts'
import { type Draft, draftOf, type Patch, patched } from '../model/draft.ts'
import { freshName } from '../model/edit.ts'
import { TEMPLATES } from '../model/templates.ts'
import { sourcesOf, targetsOf } from '../model/walk.ts'
import { type BpmnFile, ownOf, readBpmnFile, textAt } from './bpmn-file.ts'
import { timerOf, type Way, waysOf } from './bpmn-ways.ts'
import { isoOf, termOfIso } from './iso-term.ts'

/** What a file gave, and what of it has no counterpart here. */
export interface ReadBpmn {
  readonly draft: Draft
  readonly notices: readonly Words[]
}

/**
 * A start for the editor from a BPMN 2.0 file: tasks become steps, flows actions, timers clocks. What the product wrote
 * itself comes back as it was, apart from what was renamed or redrawn meanwhile.
 * @throws InvalidInput for what is no BPMN or holds no steps
 */
export async function readBpmn(xml: string, id: string): Promise<ReadBpmn> {
  const file = await readBpmnFile(xml)
  const names = new Map<string, string>()
  const places: Record<string, Place> = {}
  for (const step of file.steps) {
    const own = ownOf(step, 'daizong:Step')[0]
    const name = own && !(own.id in places) ? own.id : freshName(places, 'step')
    names.set(step.id ?? '', name)
    places[name] = placeOf(file, step, own?.body as Place | undefined)
  }
  const { start, ways } = waysOf(file)
  const known = ways.map((way) => renamed(way, names))
  const head = start ? renamed(start, names) : undefined
  const matter = ownOf(file.process, 'daizong:Matter')[0]?.body as Partial<Draft> | undefined
  const base = draftOf(id, {
    ...(matter ?? { ...TEMPLATES[3]?.body, title: words('', '') }),
    places,
    start: head ? toOf(head) : (Object.keys(places)[0] ?? ''),
    actions: {},
  })
  const title = kept(base.title, textAt(file.process, 'name') || id)
  return { draft: withActions({ ...base, title }, file, known), notices: noticesOf(file) }
}

/** A title pair, unless the file's name is neither of its two. */
const kept = (title: Words, name: string): Words =>
  name === '' || title.zh === name || title.en === name ? title : words(name, name)

const renamed = (way: Way, names: ReadonlyMap<string, string>): Way => ({
  ...way,
  from: names.get(way.from) ?? '',
  to: way.to.map((id) => names.get(id) ?? id),
})

const toOf = ({ to, choose }: Way): string | { choose: string; among: readonly string[] } =>
  choose ? { choose, among: to } : (to[0] ?? '')

function placeOf(file: BpmnFile, step: BpmnElement, own: Place | undefined): Place {
  const isEnd = step.$type === 'bpmn:EndEvent'
  const name = textAt(step, 'name')
  const timer = timerOf(file, step)
  if (own) {
    const { limit } = own.clock ?? {}
    const isMoved = timer !== undefined && typeof limit === 'string' && isoOf(limit) !== timer
    const term = isMoved ? termOfIso(timer) : undefined
    return patched(own, {
      title: kept(own.title, name),
      ...(own.clock && term ? { clock: { ...own.clock, limit: term } } : {}),
    })
  }
  if (isEnd) return { title: name ? words(name, name) : words('办结', 'Done'), kind: 'end', outcome: 'done' }
  const title = name ? words(name, name) : words('未命名环节', 'Step without a name')
  const waits = step.$type === 'bpmn:ReceiveTask' || step.$type === 'bpmn:IntermediateCatchEvent'
  const limit = timer === undefined ? undefined : termOfIso(timer)
  return {
    title,
    kind: waits ? 'waiting' : 'open',
    assign: { right: 'loops.handle' },
    ...(limit ? { clock: { limit } } : {}),
  }
}

function withActions(draft: Draft, file: BpmnFile, ways: readonly Way[]): Draft {
  const actions: Record<string, Action> = {}
  for (const { id, body } of ownOf(file.process, 'daizong:Action')) {
    const action = known(
      draft,
      body as Action,
      ways.filter((way) => way.action === id),
    )
    if (action) actions[id] = action
  }
  const fresh = ways.filter(({ action }) => !action || !actions[action])
  return fresh.reduce(withWay, { ...draft, actions })
}

/** An action that the product wrote, with its flows as they are now; undefined if they are gone. */
function known(draft: Draft, action: Action, ways: readonly Way[]): Action | undefined {
  const [first] = ways
  if (!first) return targetsOf(action.to).length === 0 ? action : undefined
  const from = [...new Set(ways.map((way) => way.from))]
  const before = sourcesOf(draft, action)
  const isSame = before.length === from.length && before.every((place) => from.includes(place))
  return patched(action, {
    title: kept(action.title, first.name),
    to: toOf(first),
    ...(isSame ? {} : { from }),
  })
}

function withWay(draft: Draft, way: Way): Draft {
  const to = toOf(way)
  const target = draft.places[way.to[0] ?? '']
  const title = way.name
    ? words(way.name, way.name)
    : words(`转到${target?.title.zh ?? ''}`, `To ${target?.title.en ?? ''}`)
  const [name, same] =
    Object.entries(draft.actions).find(
      ([, one]) => one.title.zh === title.zh && JSON.stringify(one.to) === JSON.stringify(to) && !way.late,
    ) ?? []
  if (name && same && same.from !== '*')
    return {
      ...draft,
      actions: { ...draft.actions, [name]: { ...same, from: [...new Set([...same.from, way.from])] } },
    }
  const id = freshName(draft.actions, 'action')
  const action: Action = { title, from: [way.from], to, ...(way.late ? { automatic: 'clock' } : {}) }
  return {
    ...draft,
    actions: { ...draft.actions, [id]: action },
    places: way.late ? acting(draft, way.from, id) : draft.places,
  }
}

/** The steps, one of whose clocks now does an action. */
function acting({ places }: Draft, from: string, act: string): Draft['places'] {
  const place = places[from]
  if (!place?.clock) return places
  const clock: Patch<Place> = { clock: { ...place.clock, atLimit: [...(place.clock.atLimit ?? []), { act }] } }
  return { ...places, [from]: patched(place, clock) }
}

const UNLIKE: readonly (readonly [string, Words])[] = [
  [
    'bpmn:ParallelGateway',
    words('并行网关按“选择其一”读入，并行请改用联办', 'Parallel gateways were read as choices; use joint handling'),
  ],
  ['bpmn:InclusiveGateway', words('包含网关按“选择其一”读入', 'Inclusive gateways were read as choices')],
  ['bpmn:SubProcess', words('子流程按一个环节读入', 'Sub-processes were read as one step')],
  ['bpmn:ServiceTask', words('服务任务按人工环节读入，请核对由谁办理', 'Service tasks were read as steps for people')],
  ['bpmn:ScriptTask', words('脚本未读入', 'Scripts were not read')],
]

const noticesOf = ({ elements }: BpmnFile): Words[] =>
  UNLIKE.filter(([type]) => elements.some((one) => one.$type === type)).map(([, notice]) => notice)

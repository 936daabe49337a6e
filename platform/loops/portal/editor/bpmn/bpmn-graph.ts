import type { Language, Words } from '../../../../runtime/words.ts'
import type { Action } from '../../../definition.ts'
import type { Draft } from '../model/draft.ts'
import { actionsFrom, targetsOf } from '../model/walk.ts'

export type NodeType = 'startEvent' | 'userTask' | 'receiveTask' | 'endEvent' | 'exclusiveGateway' | 'boundaryEvent'

export interface BpmnNode {
  readonly id: string
  readonly type: NodeType
  readonly name: string
  /** The step that it stands for. */
  readonly place?: string
  /** Task to whose edge a timer is attached. */
  readonly attachedTo?: string
  /** Hook that chooses the way on. */
  readonly choose?: string
}

export interface BpmnFlow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly name: string
  readonly action?: string
}

export interface BpmnGraph {
  readonly nodes: readonly BpmnNode[]
  readonly flows: readonly BpmnFlow[]
}

export const stepNode = (place: string): string => `step_${place}`

/** A definition as BPMN draws it: where people choose among several actions or a hook decides stands a gateway. */
export function bpmnGraphOf(draft: Draft, language: Language): BpmnGraph {
  const nodes: BpmnNode[] = [{ id: 'start', type: 'startEvent', name: '' }]
  const flows: BpmnFlow[] = []
  const inWords = (words: Words) => words[language]
  const flow = (from: string, to: string, name = '', action?: string) =>
    flows.push({ id: `flow_${flows.length + 1}`, from, to, name, ...(action === undefined ? {} : { action }) })
  const lead = (from: string, to: Draft['start'] | undefined, fork: string, name: string, action?: string) => {
    if (typeof to !== 'object') {
      for (const target of targetsOf(to)) flow(from, stepNode(target), name, action)
      return
    }
    nodes.push({ id: fork, type: 'exclusiveGateway', name: '', choose: to.choose })
    flow(from, fork, name, action)
    for (const target of to.among) flow(fork, stepNode(target))
  }

  lead('start', draft.start, 'fork_start', '')
  for (const [id, place] of Object.entries(draft.places)) {
    const type = place.kind === 'end' ? 'endEvent' : place.kind === 'waiting' ? 'receiveTask' : 'userTask'
    nodes.push({ id: stepNode(id), type, name: inWords(place.title), place: id })
    if (place.kind === 'end') continue
    const leaving = actionsFrom(draft, id).filter(([, { to }]) => targetsOf(to).length > 0)
    const isLate = ([name]: readonly [string, Action]) =>
      place.clock?.atLimit?.some((step) => 'act' in step && step.act === name) ?? false
    const plain = leaving.filter((one) => !isLate(one))
    if (place.clock)
      nodes.push({ id: `timer_${id}`, type: 'boundaryEvent', name: '', attachedTo: stepNode(id), place: id })
    if (plain.length > 1) {
      nodes.push({ id: `choice_${id}`, type: 'exclusiveGateway', name: '' })
      flow(stepNode(id), `choice_${id}`)
    }
    for (const one of leaving) {
      const [name, action] = one
      const from = isLate(one) ? `timer_${id}` : plain.length > 1 ? `choice_${id}` : stepNode(id)
      lead(from, action.to, `fork_${id}_${name}`, inWords(action.title), name)
    }
  }
  return { nodes, flows }
}

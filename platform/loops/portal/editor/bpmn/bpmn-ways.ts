import type { BpmnElement } from 'bpmn-moddle'
import { type BpmnFile, listAt, textAt } from './bpmn-file.ts'

/** A way between two steps of a file, over gateways and events between them. */
export interface Way {
  readonly from: string
  /** Several where a hook chooses. */
  readonly to: readonly string[]
  readonly name: string
  /** Action of which the product wrote it. */
  readonly action?: string
  readonly choose?: string
  /** It begins at a timer on the step's edge. */
  readonly late: boolean
}

/** Every way of a file; `start` is what the start events lead to. */
export function waysOf(file: BpmnFile): { readonly start: Way | undefined; readonly ways: readonly Way[] } {
  const isStep = new Set(file.steps)
  const flows = file.elements.filter((one) => one.$type === 'bpmn:SequenceFlow')
  const leaving = (one: BpmnElement) => flows.filter((flow) => flow.get('sourceRef') === one)
  const idOf = (one: BpmnElement) => one.id ?? ''

  function follow(flow: BpmnElement, before: Omit<Way, 'to'>, seen: ReadonlySet<BpmnElement>): Way[] {
    const target = flow.get('targetRef') as BpmnElement | undefined
    if (!target || seen.has(target)) return []
    const action = textAt(flow, 'action') || before.action
    const way = { ...before, name: textAt(flow, 'name') || before.name, ...(action ? { action } : {}) }
    if (isStep.has(target)) return [{ ...way, to: [idOf(target)] }]
    const on = leaving(target).flatMap((next) => follow(next, way, new Set([...seen, target])))
    const choose = target.$type === 'bpmn:ExclusiveGateway' ? textAt(target, 'choose') : ''
    return choose && on.length > 1 ? [{ ...way, choose, to: on.flatMap(({ to }) => to) }] : on
  }
  const from = (source: BpmnElement, id: string, late: boolean) =>
    leaving(source).flatMap((flow) => follow(flow, { from: id, name: '', late }, new Set()))

  const timers = file.elements.filter((one) => one.$type === 'bpmn:BoundaryEvent')
  const starts = file.elements.filter((one) => one.$type === 'bpmn:StartEvent')
  return {
    start: starts.flatMap((one) => from(one, '', false))[0],
    ways: [
      ...file.steps.flatMap((step) => from(step, idOf(step), false)),
      ...timers.flatMap((timer) => {
        const task = timer.get('attachedToRef') as BpmnElement | undefined
        return task ? from(timer, idOf(task), true) : []
      }),
    ],
  }
}

/** Term of the timer on a step's edge, as ISO 8601. */
export function timerOf({ elements }: BpmnFile, step: BpmnElement): string | undefined {
  const timer = elements.find((one) => one.$type === 'bpmn:BoundaryEvent' && one.get('attachedToRef') === step)
  const rule = timer && listAt(timer, 'eventDefinitions').find((one) => one.$type === 'bpmn:TimerEventDefinition')
  const term = rule?.get('timeDuration') as BpmnElement | undefined
  return term && textAt(term, 'body')
}

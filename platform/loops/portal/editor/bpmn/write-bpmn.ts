import type { BpmnElement, BpmnModdle } from 'bpmn-moddle'
import type { Language } from '../../../../runtime/words.ts'
import type { Draft } from '../model/draft.ts'
import { type BpmnGraph, type BpmnNode, bpmnGraphOf } from './bpmn-graph.ts'
import { extension, loadModdle } from './extension.ts'
import { isoOf } from './iso-term.ts'
import { layOutBpmn } from './lay-out-bpmn.ts'

/** A definition as BPMN 2.0 with its drawing, as the standard modellers read it; names in one language. */
export async function writeBpmn(draft: Draft, language: Language): Promise<string> {
  const moddle = await loadModdle()
  const graph = bpmnGraphOf(draft, language)
  const elements = new Map(graph.nodes.map((node) => [node.id, elementOf(moddle, draft, node)]))
  for (const { id, attachedTo } of graph.nodes)
    if (attachedTo) elements.get(id)?.set('attachedToRef', elements.get(attachedTo))
  const flows = new Map(graph.flows.map((flow) => [flow.id, flowOf(moddle, elements, flow)]))
  const { id: _, version: _version, places: _places, start: _start, actions, ...matter } = draft
  const process = moddle.create('bpmn:Process', {
    id: `process_${draft.id.replaceAll(/[^\w.-]/g, '-')}`,
    name: draft.title[language],
    isExecutable: false,
    extensionElements: extras(moddle, [
      moddle.create('daizong:Matter', { body: JSON.stringify(matter) }),
      ...Object.entries(actions).map(([name, action]) =>
        moddle.create('daizong:Action', { id: name, body: JSON.stringify(action) }),
      ),
    ]),
    flowElements: [...elements.values(), ...flows.values()],
  })
  const definitions = moddle.create('bpmn:Definitions', {
    id: 'definitions',
    targetNamespace: extension.uri,
    exporter: 'Daizong',
    rootElements: [process],
    diagrams: [diagramOf(moddle, graph, process, elements, flows)],
  })
  return (await moddle.toXML(definitions, { format: true })).xml
}

const extras = (moddle: BpmnModdle, values: readonly BpmnElement[]): BpmnElement =>
  moddle.create('bpmn:ExtensionElements', { values })

function elementOf(moddle: BpmnModdle, draft: Draft, node: BpmnNode): BpmnElement {
  const { id, type, name, place: placeId, choose } = node
  const kind = `bpmn:${type.charAt(0).toUpperCase()}${type.slice(1)}`
  const named = { id, ...(name ? { name } : {}), incoming: [], outgoing: [] }
  const place = placeId === undefined ? undefined : draft.places[placeId]
  if (type === 'boundaryEvent' && place?.clock) {
    const { limit, atLimit = [] } = place.clock
    const iso = typeof limit === 'string' ? isoOf(limit) : undefined
    const timeDuration = moddle.create('bpmn:FormalExpression', { body: iso ?? 'P1D' })
    return moddle.create(kind, {
      ...named,
      cancelActivity: atLimit.some((step) => 'act' in step),
      eventDefinitions: [moddle.create('bpmn:TimerEventDefinition', { id: `${id}_term`, timeDuration })],
    })
  }
  if (!place) return moddle.create(kind, { ...named, ...(choose ? { choose } : {}) })
  const step = moddle.create('daizong:Step', { id: placeId ?? '', body: JSON.stringify(place) })
  return moddle.create(kind, { ...named, extensionElements: extras(moddle, [step]) })
}

function flowOf(
  moddle: BpmnModdle,
  elements: ReadonlyMap<string, BpmnElement>,
  { id, from, to, name, action }: BpmnGraph['flows'][number],
): BpmnElement {
  const [sourceRef, targetRef] = [elements.get(from), elements.get(to)]
  const flow = moddle.create('bpmn:SequenceFlow', {
    id,
    sourceRef,
    targetRef,
    ...(name ? { name } : {}),
    ...(action === undefined ? {} : { action }),
  })
  ;(sourceRef?.get('outgoing') as BpmnElement[] | undefined)?.push(flow)
  ;(targetRef?.get('incoming') as BpmnElement[] | undefined)?.push(flow)
  return flow
}

function diagramOf(
  moddle: BpmnModdle,
  graph: BpmnGraph,
  process: BpmnElement,
  elements: ReadonlyMap<string, BpmnElement>,
  flows: ReadonlyMap<string, BpmnElement>,
): BpmnElement {
  const { shapes, edges } = layOutBpmn(graph)
  const shapesDrawn = [...shapes].map(([id, bounds]) =>
    moddle.create('bpmndi:BPMNShape', {
      id: `${id}_di`,
      bpmnElement: elements.get(id),
      bounds: moddle.create('dc:Bounds', { ...bounds }),
      ...(elements.get(id)?.$type === 'bpmn:ExclusiveGateway' ? { isMarkerVisible: true } : {}),
    }),
  )
  const edgesDrawn = [...edges].map(([id, points]) =>
    moddle.create('bpmndi:BPMNEdge', {
      id: `${id}_di`,
      bpmnElement: flows.get(id),
      waypoint: points.map((point) => moddle.create('dc:Point', { ...point })),
    }),
  )
  const plane = moddle.create('bpmndi:BPMNPlane', {
    id: 'plane',
    bpmnElement: process,
    planeElement: [...shapesDrawn, ...edgesDrawn],
  })
  return moddle.create('bpmndi:BPMNDiagram', { id: 'diagram', plane })
}

import { BpmnModdle } from 'bpmn-moddle'
import { expect, test } from 'vitest'
import { licence, share, work } from '../../../testing/trial.ts'
import { type Draft, draftOf } from '../model/draft.ts'
import { fromTemplate, TEMPLATES } from '../model/templates.ts'
import { isoOf, termOfIso } from './iso-term.ts'
import { readBpmn } from './read-bpmn.ts'
import { writeBpmn } from './write-bpmn.ts'

const plain = (draft: Draft): Draft => JSON.parse(JSON.stringify({ ...draft, version: 1 }))
const forked = draftOf('own.forked', {
  ...fromTemplate('own.forked', { zh: '分流', en: 'Forked' }, TEMPLATES[0] as (typeof TEMPLATES)[0]),
  start: { choose: 'trial.first', among: ['accepting', 'handling'] },
})
const drafts = [
  ...[licence, work, share].map(plain),
  ...TEMPLATES.map((one) => fromTemplate(`own.${one.id}`, { zh: '事项', en: 'Matter' }, one)),
  forked,
  {
    ...forked,
    actions: {
      ...forked.actions,
      report: { ...forked.actions.report, to: { choose: 'trial.next', among: ['checking', 'done'] } },
    },
  } as Draft,
]

test.each(drafts.map((draft) => [draft.id, draft] as const))('%s comes back from BPMN as it was', async (id, draft) => {
  for (const language of ['zh', 'en'] as const) {
    const { draft: back, notices } = await readBpmn(await writeBpmn(draft, language), id)
    expect(back).toEqual(draft)
    expect(notices).toEqual([])
  }
})

test.each(drafts.map((draft) => [draft.id, draft] as const))(
  '%s is BPMN that other tools read: no warning, everything drawn',
  async (_, draft) => {
    const { rootElement, warnings } = await new BpmnModdle().fromXML(await writeBpmn(draft, 'zh'))
    expect(warnings).toEqual([])
    const process = (rootElement.get('rootElements') as { flowElements: { id: string }[] }[])[0]
    const [diagram] = rootElement.get('diagrams') as { plane: { planeElement: Drawn[] } }[]
    const drawn = diagram?.plane.planeElement ?? []
    expect(drawn.map(({ bpmnElement }) => bpmnElement.id).sort()).toEqual(
      process?.flowElements.map(({ id }) => id).sort(),
    )
    for (const { bounds, waypoint } of drawn) expect(bounds ? bounds.width : waypoint?.length).toBeGreaterThan(1)
  },
)

interface Drawn {
  readonly bpmnElement: { readonly id: string }
  readonly bounds?: { readonly width: number }
  readonly waypoint?: readonly object[]
}

const FOREIGN = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
  <bpmn:process id="P" name="用印申请" isExecutable="false">
    <bpmn:startEvent id="S"/>
    <bpmn:userTask id="Activity_0a" name="审核"/>
    <bpmn:boundaryEvent id="T" attachedToRef="Activity_0a">
      <bpmn:timerEventDefinition><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:exclusiveGateway id="G"/>
    <bpmn:task id="Activity_0b" name="用印"/>
    <bpmn:endEvent id="E1"/>
    <bpmn:endEvent id="E2" name="退回"/>
    <bpmn:sequenceFlow id="f1" sourceRef="S" targetRef="Activity_0a"/>
    <bpmn:sequenceFlow id="f2" sourceRef="Activity_0a" targetRef="G"/>
    <bpmn:sequenceFlow id="f3" name="同意" sourceRef="G" targetRef="Activity_0b"/>
    <bpmn:sequenceFlow id="f4" name="不同意" sourceRef="G" targetRef="E2"/>
    <bpmn:sequenceFlow id="f5" sourceRef="Activity_0b" targetRef="E1"/>
    <bpmn:sequenceFlow id="f6" name="超时" sourceRef="T" targetRef="E2"/>
  </bpmn:process>
</bpmn:definitions>`

test("another tool's file becomes steps, actions, choices and clocks", async () => {
  const { draft } = await readBpmn(FOREIGN, 'own.seal')
  expect(draft.title.zh).toBe('用印申请')
  expect(Object.values(draft.places).map(({ title, kind }) => [title.zh, kind])).toEqual([
    ['审核', 'open'],
    ['用印', 'open'],
    ['办结', 'end'],
    ['退回', 'end'],
  ])
  expect(draft.start).toBe('step1')
  expect(draft.places.step1?.clock).toEqual({ limit: '3d', atLimit: [{ act: 'action4' }] })
  expect(Object.values(draft.actions)).toEqual([
    { title: { zh: '同意', en: '同意' }, from: ['step1'], to: 'step2' },
    { title: { zh: '不同意', en: '不同意' }, from: ['step1'], to: 'step4' },
    { title: { zh: '转到办结', en: 'To Done' }, from: ['step2'], to: 'step3' },
    { title: { zh: '超时', en: '超时' }, from: ['step1'], to: 'step4', automatic: 'clock' },
  ])
})

test('what was renamed or redrawn in another tool is taken over', async () => {
  const xml = await writeBpmn(plain(licence), 'zh')
  const changed = xml.replaceAll('name="准予"', 'name="批准"').replace('P5D', 'P7D')
  const { draft } = await readBpmn(changed, licence.id)
  expect(draft.actions.grant?.title).toEqual({ zh: '批准', en: '批准' })
  expect(draft.actions.grant?.guards).toEqual(['trial.not-monday'])
  expect(draft.places.submitted?.clock).toEqual({ limit: '7d', atLimit: [{ act: 'deemAccepted' }] })
})

test('what is no BPMN is refused', async () => {
  await expect(readBpmn('hello', 'own.x')).rejects.toMatchObject({ code: 'bpmn-unreadable' })
  await expect(readBpmn(FOREIGN.replace(/<bpmn:process[\s\S]*process>/, ''), 'own.x')).rejects.toMatchObject({
    code: 'bpmn-empty',
  })
})

test('terms become ISO 8601 and come back', () => {
  expect(['5wd', '36h', '30min', '3m', '1y'].map(isoOf)).toEqual(['P5D', 'PT36H', 'PT30M', 'P3M', 'P1Y'])
  expect(['P5D', 'P2W', 'P1DT12H', 'PT90M', 'P1Y6M', 'P1Y', '2026-01-01', 'P0D'].map(termOfIso)).toEqual([
    '5d',
    '14d',
    '36h',
    '90min',
    '18m',
    '1y',
    undefined,
    undefined,
  ])
})

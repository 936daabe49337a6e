import type { BpmnElement } from 'bpmn-moddle'
import { InvalidInput } from '../../../../runtime/errors.ts'
import { words } from '../../../../runtime/words.ts'
import { loadModdle } from './extension.ts'

/** Shapes of a file that stand for steps; everything else is passed through. */
const TASKS = ['bpmn:Activity', 'bpmn:EndEvent', 'bpmn:IntermediateCatchEvent']

/** A BPMN file's first process, with what is asked of it. */
export interface BpmnFile {
  readonly process: BpmnElement
  readonly elements: readonly BpmnElement[]
  readonly steps: readonly BpmnElement[]
}

/** @throws InvalidInput for what is no BPMN or holds no steps */
export async function readBpmnFile(xml: string): Promise<BpmnFile> {
  const root = await parsed(xml)
  const process = listAt(root, 'rootElements').find((one) => one.$type === 'bpmn:Process')
  const elements = process ? listAt(process, 'flowElements') : []
  const steps = elements.filter((one) => TASKS.some((type) => one.$instanceOf(type)))
  if (!process || steps.length === 0)
    throw new InvalidInput('bpmn-empty', words('文件中没有流程环节', 'The file holds no process with steps'))
  return { process, elements, steps }
}

async function parsed(xml: string): Promise<BpmnElement> {
  const moddle = await loadModdle()
  try {
    return (await moddle.fromXML(xml)).rootElement
  } catch {
    throw new InvalidInput('bpmn-unreadable', words('不是 BPMN 2.0 文件', 'This is no BPMN 2.0 file'))
  }
}

export const listAt = (one: BpmnElement, name: string): readonly BpmnElement[] =>
  (one.get(name) as readonly BpmnElement[] | undefined) ?? []

export const textAt = (one: BpmnElement, name: string): string => {
  const value = one.get(name)
  return typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim() : ''
}

/** What the product itself has written into an element. */
export function ownOf(element: BpmnElement, type: string): { readonly id: string; readonly body: unknown }[] {
  const holder = element.get('extensionElements') as BpmnElement | undefined
  return (holder ? listAt(holder, 'values') : [])
    .filter((one) => one.$type === type)
    .flatMap((one) => {
      try {
        return [{ id: textAt(one, 'id'), body: JSON.parse(String(one.get('body'))) as unknown }]
      } catch {
        return []
      }
    })
}

import { type Words, words } from '#runtime'
import { ELEMENT_KINDS, type Element } from '../declarations/datasets.ts'
import type { Use } from './uses.ts'

/** A field beside the element that it is of. */
export interface Judgement {
  readonly use: Use
  readonly element: Element
  /** Where it is not as the element says. */
  readonly faults: readonly Words[]
  /** Somebody other than the source keeps the item, and it is not one that links records. */
  readonly rival: boolean
}

export function judgements(elements: readonly Element[], uses: readonly Use[]): Judgement[] {
  const byId = new Map(elements.map((element) => [element.id, element]))
  return uses.flatMap((use) => {
    const element = use.element === undefined ? undefined : byId.get(use.element)
    return element ? [{ use, element, faults: faultsOf(element, use), rival: isRival(element, use) }] : []
  })
}

const isRival = ({ owner, link, state }: Element, { source }: Use): boolean =>
  state === 'in-force' && !link && owner !== undefined && owner !== source

/** Kinds of field that hold what an element of a kind is. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'longText', 'phone', 'code'],
  longText: ['text', 'longText'],
  date: ['date', 'instant'],
  decimal: ['decimal', 'integer'],
}

const kindOf = (kind: string): Words => ELEMENT_KINDS[kind as Element['kind']] ?? words(kind, kind)

function faultsOf(element: Element, { meta, max }: Use): Words[] {
  const faults: Words[] = []
  if (element.state === 'retired') faults.push(words('数据元已停用', 'The element is retired'))
  const isKind = meta.kind === element.kind || ALIKE[element.kind]?.includes(meta.kind)
  if (!isKind)
    faults.push(
      words(
        `表示不同：标准为${kindOf(element.kind).zh}，实际为${kindOf(meta.kind).zh}`,
        `Another representation: ${kindOf(meta.kind).en} instead of ${kindOf(element.kind).en}`,
      ),
    )
  if (element.codes !== undefined && meta.codes !== element.codes)
    faults.push(
      meta.codes === undefined
        ? words(`没有使用代码表 ${element.codes}`, `Does not use the code list ${element.codes}`)
        : words(
            `代码表不同：${meta.codes}，应为 ${element.codes}`,
            `Uses the code list ${meta.codes} instead of ${element.codes}`,
          ),
    )
  if (isKind && element.kind === 'text' && element.max !== undefined && max !== undefined && max < element.max)
    faults.push(
      words(
        `长度不够：最多 ${max} 字，标准为 ${element.max} 字`,
        `Too short: ${max} characters instead of ${element.max}`,
      ),
    )
  if (element.unit !== undefined && meta.unit !== element.unit)
    faults.push(
      words(
        `单位不同：${meta.unit ?? '未注明'}，应为 ${element.unit}`,
        `Unit ${meta.unit ?? 'not said'} instead of ${element.unit}`,
      ),
    )
  return faults
}

export interface Rate {
  readonly source: string
  /** Fields of the unit's datasets, and how many have an element. */
  readonly fields: number
  readonly mapped: number
  /** Of the mapped ones: without fault, and copies of what another unit is the source of. */
  readonly conforming: number
  readonly rivals: number
}

/** How far each unit keeps to the standards. */
export function ratesOf(uses: readonly Use[], judged: readonly Judgement[]): Rate[] {
  const bySource = Map.groupBy(judged, ({ use }) => use.source)
  return [...Map.groupBy(uses, ({ source }) => source)].map(([source, all]) => {
    const own = bySource.get(source) ?? []
    return {
      source,
      fields: all.length,
      mapped: own.length,
      conforming: own.filter(({ faults }) => faults.length === 0).length,
      rivals: own.filter(({ rival }) => rival).length,
    }
  })
}

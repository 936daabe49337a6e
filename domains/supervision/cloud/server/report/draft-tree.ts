import { type Node, newId } from '../nodes.ts'
import { deadlineIn, quantityIn } from './deadlines.ts'
import type { Paragraph } from './docx.ts'
import { outlineOf, type Piece } from './outline.ts'
import { type NamedUnit, unitsIn } from './units.ts'

export interface DraftOptions {
  readonly plan: string
  readonly year: number
  readonly startsOn: string
  readonly endsOn: string
  readonly units: readonly NamedUnit[]
  /** Units meant by 各县（市、区）. */
  readonly counties: readonly string[]
  /** County of a unit, if it is a county's. */
  readonly divisionOf: (unit: string) => string | undefined
}

export interface Draft {
  readonly title: string | undefined
  readonly nodes: readonly Node[]
}

/**
 * Makes the first draft of a tree from a report: headings become goals, the lowest numbered pieces tasks, sentences with a
 * date milestones. What is not sure stands in `doubts`; a person edits it before anything is published.
 */
export function draftTree(paragraphs: readonly Paragraph[], options: DraftOptions): Draft {
  const { pieces, title } = outlineOf(paragraphs)
  const nodes: Node[] = []
  for (const piece of pieces) place(piece, undefined, nodes, options)
  return { title, nodes: nodes.map((node, position) => ({ ...node, position })) }
}

const INTRODUCTION = /^(?:总体要求|工作目标|指导思想|总体目标|主要目标|基本原则|工作回顾|组织保障|保障措施|工作要求)/

function place(piece: Piece, parent: string | undefined, nodes: Node[], options: DraftOptions): void {
  if (piece.children.length === 0) {
    if (parent === undefined || !INTRODUCTION.test(piece.title)) addTask(piece, parent, nodes, options)
    return
  }
  const id = newId()
  nodes.push({
    ...common(options),
    id,
    kind: 'goal',
    title: piece.title,
    ...up(parent),
    ...(piece.body ? { about: piece.body } : {}),
  })
  for (const child of piece.children) place(child, id, nodes, options)
}

const common = ({ plan }: DraftOptions) => ({ plan, position: 0, weight: 1, joint: [], state: 'open' as const })
const up = (parent: string | undefined) => (parent === undefined ? {} : { parent })

function addTask(piece: Piece, parent: string | undefined, nodes: Node[], options: DraftOptions): void {
  if (parent === undefined && INTRODUCTION.test(piece.title)) return
  const id = newId()
  const found = unitsIn(piece.body, options.units, options.counties)
  const [lead, ...others] = found.lead
  const division = lead && options.divisionOf(lead)
  const quantity = quantityIn(`${piece.title}。${found.rest}`)
  const milestones = milestonesIn(piece.title, found.rest, id, options)
  const doubts = [
    ...(lead ? [] : ['missing-unit']),
    ...found.unknown.map((name) => `unknown-unit:${name}`),
    ...(milestones.some(({ doubts: own }) => own) ? ['no-deadline'] : []),
  ]
  const due = milestones
    .map((one) => one.due ?? '')
    .toSorted()
    .at(-1)
  nodes.push({
    ...common(options),
    id,
    kind: 'task',
    title: piece.title,
    ...up(parent),
    ...(found.rest.trim() ? { about: found.rest.trim() } : {}),
    ...(lead ? { lead } : {}),
    joint: [...others, ...found.joint],
    ...(division ? { division } : {}),
    ...(quantity ? { quantity } : {}),
    startsOn: options.startsOn,
    ...(due ? { due } : {}),
    ...(doubts.length > 0 ? { doubts } : {}),
  })
  nodes.push(...milestones)
}

/** Sentences with a date; a task without any gets one milestone at the end of the plan. */
function milestonesIn(title: string, text: string, parent: string, options: DraftOptions): Node[] {
  const sentences = [title, ...text.split(/[。；;]/)].map((each) => each.trim()).filter((each) => each !== '')
  const parts = sentences.flatMap((sentence) => {
    const clauses = sentence.split(/[，,]/)
    const dated = clauses.filter((clause) => deadlineIn(clause, options.year))
    return dated.length > 1 ? clausesByDate(clauses, options.year) : [sentence]
  })
  const found = parts.flatMap((part): Node[] => {
    const deadline = deadlineIn(part, options.year)
    if (!deadline) return []
    const quantity = quantityIn(part)
    return [
      {
        ...common(options),
        id: newId(),
        parent,
        kind: 'milestone',
        title: part.slice(0, 300),
        due: deadline.due,
        ...(quantity ? { quantity } : {}),
      },
    ]
  })
  if (found.length > 0) return found.toSorted((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))
  return [
    {
      ...common(options),
      id: newId(),
      parent,
      kind: 'milestone',
      title: `完成：${title}`.slice(0, 300),
      due: options.endsOn,
      doubts: ['no-deadline'],
    },
  ]
}

/** Clauses joined so that each part begins with the one that sets its date. */
function clausesByDate(clauses: readonly string[], year: number): string[] {
  const parts: string[] = []
  for (const clause of clauses)
    if (deadlineIn(clause, year) || parts.length === 0) parts.push(clause)
    else parts[parts.length - 1] = `${parts.at(-1)}，${clause}`
  return parts
}

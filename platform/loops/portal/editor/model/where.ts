import type { Words } from '../../../../runtime/words.ts'
import type { Draft } from './draft.ts'

/** What the editor shows beside the drawing. */
export type Stage = 'name' | 'steps' | 'actions' | 'clock' | 'try' | 'publish'
export type Chosen = { readonly kind: 'step' | 'action'; readonly id: string }

export interface Mistake {
  /** JSON pointer into the definition. */
  readonly at: string
  readonly message: Words
}

/** Where in the editor a mistake is put right. */
export function whereOf(at: string): Chosen | Stage {
  const [, part, id] = at.split('/')
  const name = id?.replaceAll('~1', '/').replaceAll('~0', '~')
  if (part === 'places') return name ? { kind: 'step', id: name } : 'steps'
  if (part === 'actions') return name ? { kind: 'action', id: name } : 'actions'
  if (part === 'start') return 'steps'
  if (part === 'clock') return 'clock'
  return 'name'
}

/** How many mistakes each stage of the guide has. */
export function countByStage(mistakes: readonly Mistake[]): Readonly<Partial<Record<Stage, number>>> {
  const counts: Partial<Record<Stage, number>> = {}
  for (const { at } of mistakes) {
    const where = whereOf(at)
    const stage = typeof where === 'string' ? where : where.kind === 'step' ? 'steps' : 'actions'
    counts[stage] = (counts[stage] ?? 0) + 1
  }
  return counts
}

/** Parts of a step or action that have a name in the editor, by how the pointer to them ends. */
const PARTS: readonly (readonly [string, Words])[] = [
  ['/title/zh', { zh: '名称', en: 'title' }],
  ['/title/en', { zh: '名称', en: 'title' }],
]

const THE_MATTER: Words = { zh: '事项', en: 'The matter' }

/** What is wrong, with the title of the step or action instead of the pointer that the check of the shape gives. */
export function plainly({ at, message }: Mistake, draft: Draft): Words {
  if (!message.zh.startsWith(`${at}：`))
    return { zh: message.zh, en: message.en.charAt(0).toUpperCase() + message.en.slice(1) }
  const where = whereOf(at)
  const one =
    typeof where === 'string' ? undefined : where.kind === 'step' ? draft.places[where.id] : draft.actions[where.id]
  const named: Words =
    typeof where === 'string' || !one
      ? THE_MATTER
      : where.kind === 'step'
        ? { zh: `环节“${one.title.zh}”`, en: `Step "${one.title.en}"` }
        : { zh: `操作“${one.title.zh}”`, en: `Action "${one.title.en}"` }
  const what = PARTS.find(([end]) => at.endsWith(end))?.[1] ?? { zh: '', en: '' }
  return {
    zh: `${named.zh}${what.zh && `的${what.zh}`}：${message.zh.slice(at.length + 1)}`,
    en: `${named.en}${what.en && `, ${what.en}`}: ${message.en.slice(at.length + 2)}`,
  }
}

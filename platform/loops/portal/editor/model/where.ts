import type { Words } from '../../../../runtime/words.ts'

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

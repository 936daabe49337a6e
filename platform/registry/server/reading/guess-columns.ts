import type { Slot } from '../cells/plan.ts'
import { bare } from './similar.ts'

/**
 * The slot whose name a column has, null for none: by field name, Chinese or English title, or alias. No slot is given
 * twice.
 */
export function guessColumns(header: readonly string[], slots: readonly Slot[]): (string | null)[] {
  const byName = new Map<string, string>()
  for (const slot of slots)
    for (const name of namesOf(slot)) if (!byName.has(bare(name))) byName.set(bare(name), slot.id)
  const taken = new Set<string>()
  return header.map((title) => {
    const id = title.trim() === '' ? undefined : byName.get(bare(title))
    if (id === undefined || taken.has(id)) return null
    taken.add(id)
    return id
  })
}

/** Every name that a source may give the column of a slot. */
export const namesOf = ({ id, column, title, aliases }: Slot): string[] => [id, column, title.zh, title.en, ...aliases]

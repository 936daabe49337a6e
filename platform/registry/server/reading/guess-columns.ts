import { plain } from '../cells/clean.ts'
import type { Slot } from '../cells/plan.ts'

/** Title of a column without what sources add to it: spaces, notes in brackets, units, stars, case. */
const bare = (title: string): string =>
  plain(title)
    .replace(/\(.*?\)|（.*?）|【.*?】|\[.*?\]/g, '')
    .replace(/[\s*:：_-]/g, '')
    .toLowerCase()

/**
 * The first guess of which slot each column goes into, null for none: by field name, Chinese or English title, or
 * alias. No slot is given twice.
 */
export function guessColumns(header: readonly string[], slots: readonly Slot[]): (string | null)[] {
  const byName = new Map<string, string>()
  for (const { id, title, aliases, column } of slots)
    for (const name of [id, column, title.zh, title.en, ...aliases])
      if (!byName.has(bare(name))) byName.set(bare(name), id)
  const taken = new Set<string>()
  return header.map((title) => {
    const id = title.trim() === '' ? undefined : byName.get(bare(title))
    if (id === undefined || taken.has(id)) return null
    taken.add(id)
    return id
  })
}

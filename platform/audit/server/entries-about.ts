import { type Db, system } from '#runtime'
import type { AboutEntry } from '../contract.ts'
import { cursorOf, findEntries } from './find-entries.ts'

/** Everybody's records about one subject, a page at a time. */
export async function entriesAbout(
  db: Db,
  { kind, id }: { readonly kind: string; readonly id: string },
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<{ readonly entries: readonly AboutEntry[]; readonly next?: string }> {
  const actor = system('audit.about')
  const scope = { reach: 'city', organisation: 'city', path: 'city/', division: '' } as const
  const found = await findEntries(db, { actor, scope }, { subjectKind: kind, subjects: [id] }, after, limit + 1)
  const entries = found.slice(0, limit)
  const last = entries.at(-1)
  return { entries, ...(found.length > limit && last ? { next: cursorOf(last) } : {}) }
}

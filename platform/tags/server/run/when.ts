import { type App, system, type Work } from '#runtime'
import type { TagBook } from '../book.ts'
import { firstOf, sql } from '../tables.ts'

/** Facts have to be quiet for so long before tags are computed. */
const QUIET_MS = 60_000

/** Which subjects a dataset's rows bear on. */
export function sourcesOf(book: TagBook): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const note = (dataset: string, subject: string) => found.set(dataset, (found.get(dataset) ?? new Set()).add(subject))
  for (const { id, dataset } of book.subjects.values()) note(dataset, id)
  for (const { entry } of [...book.app.declared('tags'), ...book.app.declared('tagFeatures')])
    for (const { dataset } of entry.sources) note(dataset, entry.subject)
  return found
}

/** Notes that facts changed and has the tags computed once they are quiet. */
export async function changed(work: Work, subject: string): Promise<void> {
  await sql`insert into tags.subject (id, changed_at) values (${subject}, ${work.at})
    on conflict (id) do update set changed_at = excluded.changed_at`.execute(work.tx)
  later(work, subject)
}

const later = (work: Work, subject: string): void =>
  work.enqueue('tags.run', { subject }, { key: subject, startAfter: new Date(work.at.getTime() + QUIET_MS) })

/** Whether a run may begin now; if facts changed a moment ago it is put off. */
export async function startIfQuiet(app: App, subject: string): Promise<boolean> {
  return app.work(system('tags.run'), async (work) => {
    const row = await firstOf(
      work.tx,
      sql<{ changed_at: Date }>`select changed_at from tags.subject where id = ${subject}`,
    )
    const isQuiet = !row || work.at.getTime() - row.changed_at.getTime() >= QUIET_MS
    if (!isQuiet) later(work, subject)
    return isQuiet
  })
}

import { sql } from 'kysely'
import type { App, Work } from '#runtime'
import { CHANGED, type Entry, getEntry, saveEntry, saveVersion, type Version } from '../store.ts'
import { dropRows } from './stage.ts'

/** Puts a version in force: from now on readers get it, and the rows of the one before are in its files only. */
export async function publish(app: App, work: Work, version: Version): Promise<void> {
  const entry = await getEntry(app, work, version.entry)
  const now = work.at.toISOString()
  await saveVersion(app, work, { ...version, state: 'published', publishedAt: now })
  const { reason: _, ...rest } = entry
  await saveEntry(app, work, {
    ...rest,
    title: version.meta.title.zh,
    access: version.meta.access,
    meta: version.meta,
    state: 'published',
    version: version.number,
    publishedAt: entry.publishedAt ?? now,
    changedAt: now,
    checkedAt: now,
    newestAt: await newestIn(work, version, now),
  })
  await sql`delete from open_data.row where entry = ${version.entry} and version < ${version.number}`.execute(work.tx)
  work.audit({
    event: 'open-data.version.published',
    subject: { kind: 'open-data.version', id: `${version.entry}/${version.number}` },
    details: { rows: version.rows, digest: version.digest, pack: version.test.pack },
  })
  work.emit({ topic: CHANGED, key: version.entry, audience: { right: 'open-data.read' } })
}

/** Latest value of the field that says how new the data are; the check of the source where there is none. */
export async function newestIn(work: Work, { entry, number, meta }: Version, checked: string): Promise<string> {
  if (!meta.time) return checked
  const { rows } = await sql<{ newest: string | null }>`
    select max(data ->> ${meta.time}::text) as newest from open_data.row
    where entry = ${entry} and version = ${number}`.execute(work.tx)
  const newest = rows[0]?.newest
  return newest && !Number.isNaN(Date.parse(newest)) ? new Date(newest).toISOString() : checked
}

/** Takes an entry off the site at once; its versions stay in the archive, their addresses say that it is gone. */
export async function withdraw(app: App, work: Work, entry: Entry, reason: string): Promise<void> {
  await saveEntry(app, work, { ...entry, state: 'withdrawn', reason, changedAt: work.at.toISOString(), broken: false })
  if (entry.version !== undefined) await dropRows(work.tx, entry.id, entry.version)
  work.audit({
    event: 'open-data.entry.withdrawn',
    subject: { kind: 'open-data.entry', id: entry.id },
    details: { reason },
  })
  work.emit({ topic: CHANGED, key: entry.id, audience: { right: 'open-data.read' } })
}

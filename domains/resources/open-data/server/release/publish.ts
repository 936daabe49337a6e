import { sql } from 'kysely'
import { type App, Conflict, type Work, words } from '#runtime'
import { CHANGED, type Entry, getEntry, getVersion, saveEntry, saveVersion, type Version } from '../store.ts'
import { lockEntry } from './alone.ts'
import { enqueueRefresh } from './orders.ts'

/**
 * Puts an approved version in force as it was reviewed. A refresh may have gone out beside it meanwhile, with newer rows
 * under the metadata before: then the source is read again at once under the new ones.
 * @throws Conflict if it is no candidate any more, or the dataset was withdrawn after it was made
 */
export async function publishApproved(app: App, work: Work, { entry: id, number }: Version): Promise<void> {
  await lockEntry(work, id)
  const entry = await getEntry(app, work, id)
  const version = await getVersion(app, work, id, number)
  if (version.state !== 'candidate')
    throw new Conflict(
      'no-candidate',
      words(`第 ${number} 版已不在待审状态，请刷新页面`, `Version ${number} is no candidate any more; reload the page`),
    )
  if (entry.state === 'withdrawn' && (entry.changedAt ?? '') >= version.madeAt)
    throw new Conflict(
      'withdrawn-since',
      words(
        '该数据集在此版本形成后已撤回；如确需重新发布，请退回，由责任单位重新提出',
        'The dataset was withdrawn after this version was made; to open it again, send this back and let the owner propose it anew',
      ),
    )
  await publish(app, work, entry, version)
  if ((entry.version ?? 0) > number) enqueueRefresh(work, id)
}

/**
 * Puts a version in force: from now on readers get it, and the one before is in its files only. Whoever
 * calls holds the entry (`lockEntry`) and has read it since.
 */
export async function publish(app: App, work: Work, entry: Entry, version: Version): Promise<void> {
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
    checkedAt: version.madeAt,
    newestAt: await newestIn(work, version, version.madeAt),
  })
  await dropReplaced(work, version)
  work.audit({
    event: 'open-data.version.published',
    subject: { kind: 'open-data.version', id: `${version.entry}/${version.number}` },
    details: { rows: version.rows, digest: version.digest, pack: version.test.pack },
  })
  work.emit({ topic: CHANGED, key: version.entry, audience: { right: 'open-data.read' } })
}

/**
 * Rows of the versions that this one replaces; those of candidates and of what is being made are not touched. Of data about
 * persons the last version before fields or conditions changed keeps its rows: its files are out, and later releases have to be
 * tested together with them.
 */
async function dropReplaced(work: Work, { entry, number, meta }: Version): Promise<void> {
  const fields = sql`${JSON.stringify(meta.fields)}::jsonb`
  await sql`
    delete from open_data.row r using open_data.version v
    where r.entry = ${entry} and v.entry = r.entry and v.number = r.version
      and v.state = 'published' and v.number <> ${number}
      and (not (v.meta ->> 'persons')::boolean
        or (v.meta -> 'fields' <@ ${fields} and v.meta -> 'fields' @> ${fields}
          and v.meta -> 'where' = ${JSON.stringify(meta.where)}::jsonb))`.execute(work.tx)
}

async function dropAll(work: Work, entry: string): Promise<void> {
  await sql`
    delete from open_data.row r using open_data.version v
    where r.entry = ${entry} and v.entry = r.entry and v.number = r.version and v.state = 'published'`.execute(work.tx)
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

/**
 * Takes an entry off the site at once; its versions stay in the archive, their addresses say that it is gone.
 * @throws NotFound, Conflict if it is not published
 */
export async function withdraw(app: App, work: Work, id: string, reason: string): Promise<void> {
  await lockEntry(work, id)
  const entry = await getEntry(app, work, id)
  if (entry.state !== 'published')
    throw new Conflict('not-published', words('该数据集没有发布', 'This dataset is not published'))
  await saveEntry(app, work, { ...entry, state: 'withdrawn', reason, changedAt: work.at.toISOString(), broken: false })
  await dropAll(work, id)
  work.audit({
    event: 'open-data.entry.withdrawn',
    subject: { kind: 'open-data.entry', id },
    details: { reason },
  })
  work.emit({ topic: CHANGED, key: id, audience: { right: 'open-data.read' } })
}

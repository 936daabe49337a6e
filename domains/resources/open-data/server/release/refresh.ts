import { identity } from '#platform/identity'
import { loops } from '#platform/loops'
import { notices } from '#platform/notices'
import { type App, HOUR, type Work } from '#runtime'
import { type Entry, entriesIn, getEntry, getVersion, MAKER, nextNumber, saveEntry } from '../store.ts'
import { freshnessOf, termOf } from '../terms.ts'
import { findProposal, keep, makeVersion, saveProposal } from './make-version.ts'
import { newestIn, publish } from './publish.ts'
import { sourceOf } from './source.ts'
import { dropRows, stage } from './stage.ts'

/** How long a check of the source is good for. */
const CHECK_MS = { HOURLY: 50 * 60_000, other: 20 * HOUR } as const

/** Orders a look at the source of every published entry that is due, and judges every promise. */
export async function refreshDue(app: App): Promise<void> {
  await app.work(MAKER, async (work) => {
    for (const entry of await entriesIn(app, work, 'published')) {
      const after = entry.meta.promise === 'HOURLY' ? CHECK_MS.HOURLY : CHECK_MS.other
      if (work.at.getTime() - Date.parse(entry.checkedAt ?? entry.createdAt) >= after)
        work.enqueue('open-data.refresh', { entry: entry.id }, { key: entry.id })
      else await judge(app, work, entry)
    }
  })
}

/**
 * Reads the source of a published entry again under the metadata that were approved. Nothing new: only the check is
 * noted. Something new that passes the test goes out as the next version; what fails it stays in, and the owner has to
 * correct it.
 */
export async function refreshEntry(app: App, id: string, signal: AbortSignal): Promise<void> {
  const { entry, number, current } = await app.work(MAKER, async (work) => {
    const known = await getEntry(app, work, id)
    const inForce = await getVersion(app, work, id, Number(known.version))
    return { entry: known, current: inForce, number: await nextNumber(work, id) }
  })
  if (entry.state !== 'published') return
  const source = sourceOf(app, entry.source)
  const staged = await stage(app, id, number, { source, meta: entry.meta })
  if (staged.digest === current.digest) {
    await app.work(MAKER, async (work) => {
      await dropRows(work.tx, id, number)
      const checked = { ...entry, checkedAt: work.at.toISOString() }
      await judge(app, work, { ...checked, newestAt: await newestIn(work, current, checked.checkedAt) })
    })
    return
  }
  const version = await makeVersion(app, { entry, meta: entry.meta, number }, signal)
  await app.work(MAKER, async (work) => {
    await keep(app, work, version)
    if (version.test.passed) await publish(app, work, version)
    else await toOwner(app, work, entry, version.number)
    await judge(app, work, await getEntry(app, work, id))
  })
}

/** New rows that would give people away: the version before stays, the owner gets a matter, unless he has one already. */
async function toOwner(app: App, work: Work, entry: Entry, version: number): Promise<void> {
  if (await findProposal(work, entry.id)) return
  const matter = await app.use(loops).open(work, {
    definition: 'open-data.release',
    key: `${entry.id}:refresh:${version}`,
    data: {
      ...{ entry: entry.id, title: entry.title, owner: entry.owner, version, passed: false },
      term: termOf(app, 'review', work.at),
    },
  })
  await app.use(loops).act(work, {
    instance: matter.id,
    action: 'tested',
    revision: matter.revision,
    key: `refresh:${entry.id}:${version}`,
  })
  await saveProposal(work, entry.id, { meta: entry.meta, loop: matter.id })
}

/** Writes down whether the promise is kept, and tells the owner when that changes for the worse. */
async function judge(app: App, work: Work, entry: Entry): Promise<void> {
  const broken = freshnessOf(app, entry, work.at).state === 'broken'
  await saveEntry(app, work, { ...entry, broken })
  if (broken === entry.broken) return
  const subject = { kind: 'open-data.entry', id: entry.id }
  work.audit({ event: 'open-data.promise.changed', subject, details: { broken } })
  work.emit({
    topic: broken ? 'open-data.promise.broken' : 'open-data.promise.kept',
    key: entry.id,
    data: { promise: entry.meta.promise, newestAt: entry.newestAt },
    audience: { right: 'open-data.read' },
  })
  if (!broken) return
  const posts = await app.use(identity).postsWith('open-data.propose', { organisation: entry.owner }, work.tx)
  for (const post of posts)
    await app.use(notices).send(work, {
      to: { post: post.id },
      title: { zh: `开放数据更新承诺落空：${entry.title}`, en: `Promise of freshness broken: ${entry.meta.title.en}` },
      body: {
        zh: '数据已超过承诺的更新时间，公开网站已显示“承诺落空”。请尽快更新来源或调整承诺。',
        en: 'The data are older than promised and the public site says so. Bring the source up to date, or change the promise.',
      },
      link: `/open-data/manage/${entry.id}`,
      urgency: 'normal',
    })
}

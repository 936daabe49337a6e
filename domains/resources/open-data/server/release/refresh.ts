import { identity } from '#platform/identity'
import { loops } from '#platform/loops'
import { notices } from '#platform/notices'
import { type App, HOUR, type Work } from '#runtime'
import {
  type Entry,
  entriesIn,
  findEntry,
  findNewest,
  getEntry,
  getVersion,
  MAKER,
  nextNumber,
  saveEntry,
  type Version,
} from '../store.ts'
import { freshnessOf, termOf } from '../terms.ts'
import { aloneOnSource, lockEntry } from './alone.ts'
import { findProposal, keep, makeVersion, saveProposal } from './make-version.ts'
import { enqueueAgain, enqueueRefresh } from './orders.ts'
import { newestIn, publish } from './publish.ts'
import { sourceOf } from './source.ts'
import { dropRows, stage } from './stage.ts'

/** How long a check of the source is good for. */
const CHECK_MS = { HOURLY: 50 * 60_000, other: 20 * HOUR } as const

/** Orders a look at the source of every published entry that is due, and judges every promise. */
export async function refreshDue(app: App): Promise<void> {
  const others = await app.work(MAKER, async (work) => {
    const entries = await entriesIn(app, work, 'published')
    for (const entry of entries) if (isDue(entry, work.at)) enqueueRefresh(work, entry.id)
    return entries.filter((entry) => !isDue(entry, work.at))
  })
  for (const entry of others.filter((each) => isBroken(app, each, app.now()) !== each.broken))
    await app.work(MAKER, async (work) => {
      await lockEntry(work, entry.id)
      const now = await getEntry(app, work, entry.id)
      if (now.state === 'published') await judge(app, work, now)
    })
}

const isDue = ({ meta, checkedAt, createdAt }: Entry, at: Date): boolean =>
  at.getTime() - Date.parse(checkedAt ?? createdAt) >= (meta.promise === 'HOURLY' ? CHECK_MS.HOURLY : CHECK_MS.other)

/**
 * Reads the source of a published entry again under the metadata that were approved. Nothing new: only the check is
 * noted. Something new that passes the test goes out as the next version; what fails it stays in, and the owner has to
 * correct it. A candidate under review is left as it is: its matter decides about it.
 */
export async function refreshEntry(app: App, id: string, signal: AbortSignal): Promise<void> {
  const entry = await app.work(MAKER, (work) => findEntry(app, work, id))
  if (entry?.state !== 'published') return
  const isDone = await aloneOnSource(app, entry.source, () => readAgain(app, id, signal))
  if (!isDone) await app.work(MAKER, async (work) => enqueueAgain(work, 'open-data.refresh', id))
}

async function readAgain(app: App, id: string, signal: AbortSignal): Promise<void> {
  const begun = await app.work(MAKER, async (work) => {
    const entry = await getEntry(app, work, id)
    if (entry.state !== 'published') return undefined
    const current = await getVersion(app, work, id, Number(entry.version))
    return { entry, current, number: await nextNumber(work, id) }
  })
  if (!begun) return
  const { entry, current, number } = begun
  const staged = await stage(app, id, number, { source: sourceOf(app, entry.source), meta: entry.meta })
  const isSame = staged.digest === current.digest
  const made = isSame
    ? undefined
    : await makeVersion(app, { entry, meta: entry.meta, number, staged, refreshed: true }, signal)
  await app.work(MAKER, async (work) => {
    await lockEntry(work, id)
    const now = await getEntry(app, work, id)
    // Withdrawn or replaced while the source was read: what was read is of no use any more.
    if (now.state !== 'published' || now.version !== current.number) return dropRows(work.tx, id, number)
    if (made?.test.passed) {
      await keep(app, work, made)
      await publish(app, work, now, made)
    } else if (made) await stayIn(app, work, now, made)
    else await dropRows(work.tx, id, number)
    const after = { ...(await getEntry(app, work, id)), checkedAt: staged.at }
    await judge(app, work, made ? after : { ...after, newestAt: await newestIn(work, current, staged.at) })
  })
}

/**
 * New rows that would give people away: the version in force stays, the owner gets a matter, unless he has one already.
 * The very rows that failed before make no version again.
 */
async function stayIn(app: App, work: Work, entry: Entry, version: Version): Promise<void> {
  const last = await findNewest(app, work, entry.id)
  if (last && isSameFailure(last, version)) return dropRows(work.tx, entry.id, version.number)
  if (await findProposal(work, entry.id)) return keep(app, work, { ...version, state: 'refused' })
  await keep(app, work, version)
  const matter = await app.use(loops).open(work, {
    definition: 'open-data.release',
    key: `${entry.id}:refresh:${version.number}`,
    data: {
      ...{ entry: entry.id, title: entry.title, owner: entry.owner, version: version.number, passed: false },
      term: termOf(app, 'review', work.at),
    },
  })
  await app.use(loops).act(work, {
    instance: matter.id,
    action: 'tested',
    revision: matter.revision,
    key: `refresh:${entry.id}:${version.number}`,
  })
  await saveProposal(work, entry.id, { meta: entry.meta, loop: matter.id })
}

const isSameFailure = (last: Version, version: Version): boolean =>
  last.state !== 'published' &&
  last.digest === version.digest &&
  last.test.failures.join() === version.test.failures.join()

const isBroken = (app: App, entry: Entry, at: Date): boolean => freshnessOf(app, entry, at).state === 'broken'

/** Writes down whether the promise is kept, and tells the owner when that changes for the worse. */
async function judge(app: App, work: Work, entry: Entry): Promise<void> {
  const broken = isBroken(app, entry, work.at)
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

import { identity } from '#platform/identity'
import { notices } from '#platform/notices'
import { type App, type StoredEvent, type Subscriber, type Words, type Work, words } from '#runtime'
import { DRIFT, GONE, LAG, LATE, MISSED, RUN_ENDED } from '../contract.ts'
import { findRunBefore, getFeed, getRun, getSource, partsOf } from './runs/run-store.ts'

/** Who is told: the posts nearest to the source that may decide. */
const MOST_POSTS = 3

/** Tells people what machines cannot settle: a collection that is halted, failed, late or not what the source says. */
export const tellStewards = (app: App): Subscriber => ({
  id: 'sources.tell-stewards',
  topics: [DRIFT, LATE, LAG, MISSED, GONE, RUN_ENDED],
  handle: async (work, event) => {
    const title = titleOf(event)
    if (!title) return
    const isOfFeed = event.topic === LATE || event.topic === LAG
    const feed = await getFeed(work.tx, isOfFeed ? event.key : String(event.data?.feed))
    const { title: name } = feed.definition
    const body = event.data?.state === 'incomplete' ? await whatDiffers(work, Number(event.key), name) : name
    if (!body) return
    const { organisation, id } = await getSource(work.tx, feed.source)
    const link = isOfFeed ? `/sources/systems/${id}` : `/sources/runs/${event.key}`
    await tell(app, work, organisation, { title, body, link })
  },
})

const STATES: Readonly<Record<string, Words>> = {
  failed: words('数据采集失败', 'A collection failed'),
  incomplete: words('采集到的数据与来源不一致', 'What was collected is not what the source has'),
}

function titleOf({ topic, data }: StoredEvent): Words | undefined {
  if (topic === DRIFT)
    return words('来源数据发生变化，采集已暂停，请处置', 'A source has changed; its collection waits for your decision')
  if (topic === LATE) return words('数据没有按承诺的时间更新', 'Data were not brought in the time promised')
  if (topic === LAG)
    return words(
      '逻辑复制落后过多，日志正在占用来源的磁盘',
      'Replication is far behind; the log it waits for fills the disk of the source',
    )
  if (topic === MISSED)
    return words(
      `全量核对发现增量漏采至少 ${data?.rows} 行，已补正`,
      `Increments had missed at least ${data?.rows} rows; a comparison of all has mended them`,
    )
  if (topic === GONE)
    return words(
      `来源中已没有的 ${data?.rows} 行仍保留在库中，请决定是否删除`,
      `${data?.rows} rows that are not at the source any more are kept; decide whether to delete them`,
    )
  return STATES[String(data?.state)]
}

/** Told once, until a run ends otherwise, but of every batch that cannot be read; of a half that gave way to the next run people know since it halted. */
async function whatDiffers(work: Work, id: number, feed: Words): Promise<Words | undefined> {
  const run = await getRun(work.tx, id)
  const before = await findRunBefore(work.tx, run)
  const isKnown = before?.state === 'incomplete' && before.problem !== null
  if (!run.problem || (isKnown && !(await isUnreadable(work, id)))) return undefined
  return words(`${feed.zh}：${run.problem.zh}`, `${feed.en}: ${run.problem.en}`)
}

const isUnreadable = async ({ tx }: Work, run: number): Promise<boolean> =>
  (await partsOf(tx, run)).some(({ kind }) => kind === 'unreadable')

async function tell(
  app: App,
  work: Work,
  organisation: string,
  notice: { readonly title: Words; readonly body: Words; readonly link: string },
): Promise<void> {
  const posts = await app.use(identity).postsWith('sources.run', { organisation }, work.tx)
  for (const { id } of posts.slice(0, MOST_POSTS))
    await app.use(notices).send(work, { ...notice, to: { post: id }, urgency: 'normal' })
}

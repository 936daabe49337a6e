import { identity } from '#platform/identity'
import { notices } from '#platform/notices'
import { type App, type StoredEvent, type Subscriber, type Words, type Work, words } from '#runtime'
import { DRIFT, LATE, RUN_ENDED } from '../contract.ts'
import { getFeed, getSource } from './runs/run-store.ts'

/** Who is told: the posts nearest to the source that may decide. */
const MOST_POSTS = 3

/** Tells people what machines cannot settle: a halted, failed or late collection. */
export const tellStewards = (app: App): Subscriber => ({
  id: 'sources.tell-stewards',
  topics: [DRIFT, LATE, RUN_ENDED],
  handle: async (work, event) => {
    const title = titleOf(event)
    if (!title) return
    const feed = await getFeed(work.tx, event.topic === LATE ? event.key : String(event.data?.feed))
    const { organisation, id } = await getSource(work.tx, feed.source)
    const link = event.topic === LATE ? `/sources/${id}` : `/sources/runs/${event.key}`
    await tell(app, work, organisation, { title, body: feed.definition.title, link })
  },
})

function titleOf({ topic, data }: StoredEvent): Words | undefined {
  if (topic === DRIFT)
    return words('来源数据发生变化，采集已暂停，请处置', 'A source has changed; its collection waits for your decision')
  if (topic === LATE) return words('数据没有按承诺的时间更新', 'Data were not brought in the time promised')
  return data?.state === 'failed' ? words('数据采集失败', 'A collection failed') : undefined
}

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

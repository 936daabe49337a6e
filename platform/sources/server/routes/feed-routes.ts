import { Type } from 'typebox'
import { type Route, route, words } from '#runtime'
import { defineFeed } from '../define/define-feed.ts'
import type { SourcesParts } from '../parts.ts'
import { mustReach } from '../reach.ts'
import { getFeed, getSource } from '../runs/run-store.ts'
import { startRun } from '../runs/start-run.ts'
import { forgetSlot } from '../slots/slot-store.ts'
import { Done, FeedBody, FeedParams, Run } from './schemas.ts'

/** Feeds: define, start, and forget a slot that is gone. */
export const feedRoutes = (parts: SourcesParts): Route[] => [
  route({
    method: 'PUT',
    path: '/api/sources/feeds/:feed',
    title: words('设置采集任务', 'Define a feed'),
    right: 'sources.define',
    audit: 'sources.feed.saved',
    params: FeedParams,
    body: FeedBody,
    response: Done,
    example: { done: true },
    handler: async ({ params, body, scope, work }) => {
      const { organisation } = await getSource(work.tx, body.source)
      await mustReach(parts.app, scope, organisation)
      await defineFeed(parts.app, work, { id: params.feed, ...body })
      return { done: true }
    },
  }),
  route({
    method: 'POST',
    path: '/api/sources/feeds/:feed/runs',
    title: words('立即采集', 'Collect now'),
    right: 'sources.run',
    audit: 'sources.run.started',
    params: FeedParams,
    body: Type.Optional(Type.Object({ whole: Type.Optional(Type.Boolean()) }, { additionalProperties: false })),
    response: Run,
    example: { run: 7 },
    handler: async ({ params, body, scope, work }) => {
      const feed = await getFeed(work.tx, params.feed)
      await mustReach(parts.app, scope, (await getSource(work.tx, feed.source)).organisation)
      return { run: await startRun(parts, work, feed.id, { whole: body?.whole ?? false }) }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/sources/feeds/:feed/slots/:slot',
    title: words('复制槽已由来源管理员删除', 'A replication slot was dropped by hand'),
    right: 'sources.define',
    audit: 'sources.slot.dropped',
    params: Type.Object({ ...FeedParams.properties, slot: Type.String({ maxLength: 63 }) }),
    response: Done,
    example: { done: true },
    handler: async ({ params, scope, work }) => {
      const feed = await getFeed(work.tx, params.feed)
      await mustReach(parts.app, scope, (await getSource(work.tx, feed.source)).organisation)
      await forgetSlot(work, feed.id, params.slot)
      return { done: true }
    },
  }),
]

import { analytics } from '#platform/analytics'
import { fieldUses, ROWS_CHANGED } from '#platform/registry'
import { type App, type ServerPart, system, words } from '#runtime'
import { tags } from '../contract.ts'
import { TagBook } from './book.ts'
import { carriedBy } from './carried.ts'
import { push, pushAll } from './push.ts'
import { checkRun } from './quality.ts'
import { catalogueRoutes } from './routes/catalogue-routes.ts'
import { draftRoutes } from './routes/draft-routes.ts'
import { memberRoutes } from './routes/member-routes.ts'
import { optOutRoutes } from './routes/opt-out-routes.ts'
import { ownRoutes } from './routes/own-routes.ts'
import { reviewRoutes } from './routes/review-routes.ts'
import { segmentRoutes } from './routes/segment-routes.ts'
import { runTags } from './run/run-tags.ts'
import { changed, sourcesOf, startIfQuiet } from './run/when.ts'
import { tagsOfFields } from './tags-of-fields.ts'

const HOUR = 3600

export const server = (app: App): ServerPart => {
  const book = new TagBook(app)
  app.provide(tags, {
    hooks: (subject, hooks) => void book.hooks.set(subject, hooks),
    run: (subject, options) => runTags(book, subject, options),
    carriedBy: (work, subject, key, when) => carriedBy(book, work.tx, subject, key, when),
  })
  app.use(fieldUses).tell((db, { id }) => tagsOfFields(book, db, id))
  const sources = sourcesOf(book)
  return {
    routes: [
      ...draftRoutes(book),
      ...ownRoutes(book),
      ...optOutRoutes(book),
      ...catalogueRoutes(book),
      ...memberRoutes(book),
      ...reviewRoutes(book),
      ...segmentRoutes(book),
    ],
    jobs: [
      {
        id: 'tags.run',
        title: words('计算标签', 'Compute tags'),
        expireSeconds: 2 * HOUR,
        run: async (data, signal) => {
          const { subject, now } = data as { subject: string; now?: true }
          if (now || (await startIfQuiet(app, subject))) await runTags(book, subject, { signal })
        },
      },
      {
        id: 'tags.push',
        title: words('推送人群', 'Hand a segment over'),
        run: async (data) => {
          const { segment } = data as { segment: number }
          await app.work(system('tags.push'), (work) => push(book, work, segment))
        },
      },
      {
        id: 'tags.nightly',
        title: words('每日计算标签', 'Compute tags each day'),
        schedule: '10 4 * * *',
        run: () =>
          app.work(system('tags.nightly'), async (work) => {
            for (const subject of book.subjects.keys()) {
              work.enqueue('tags.run', { subject }, { key: subject })
              // Also when runs fail: a tag that went out of date chooses nobody from that day on.
              await pushAll(work, subject)
            }
          }),
      },
    ],
    subscribers: [
      {
        id: 'tags.after-run',
        topics: ['tags.run.done'],
        handle: async (work, { key, data }) => {
          await checkRun(book, work, key, Number(data?.run))
          await pushAll(work, key)
        },
      },
      {
        id: 'tags.changed',
        topics: [ROWS_CHANGED],
        handle: async (work, event) => {
          for (const subject of sources.get(event.key) ?? []) await changed(work, subject)
        },
      },
    ],
    start: async () => {
      for (const { dataset, by } of [...book.features.values()].flatMap((feature) => feature.sources))
        if (by) app.use(analytics).sortBy(dataset, by)
      await book.sync()
    },
  }
}

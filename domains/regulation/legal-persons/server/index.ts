import { registry } from '#platform/registry'
import { type SegmentChange, tags } from '#platform/tags'
import { type App, localDateAt, type ServerPart, type Work } from '#runtime'
import { accounts, segmentMembers } from '../declarations/datasets.ts'
import { FIRM } from '../declarations/subject.ts'
import { firmRoutes } from './firm-routes.ts'
import { linkDemonstration } from './link-demonstration.ts'

export const server = (app: App): ServerPart => {
  app.use(tags).hooks(FIRM, {
    pushed: (work, change) => handOn(app, work, change),
    memberOf: async (work, account) => (await app.use(registry).find(work, accounts, { account }))?.value.code,
    ran: (work) => linkDemonstration(app, work),
  })
  return { routes: firmRoutes(app) }
}

/** Members of a pushed segment become rows of a dataset, which others take like every other. */
async function handOn(app: App, work: Work, { segment, joined, left }: SegmentChange): Promise<void> {
  const id = String(segment.id)
  const { title, purpose } = segment
  const rows = joined.map((code) => ({ segment: id, code, title, purpose, joinedOn: localDateAt(work.at) }))
  if (rows.length > 0) await app.use(registry).write(work, segmentMembers, rows)
  if (left.length > 0)
    await app.use(registry).remove(
      work,
      segmentMembers,
      left.map((code) => ({ segment: id, code })),
    )
}

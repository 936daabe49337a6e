import { identity } from '#platform/identity'
import { registry } from '#platform/registry'
import { type SegmentChange, tags } from '#platform/tags'
import { type App, localDateAt, type ServerPart, type Work } from '#runtime'
import { segmentMembers } from '../declarations/datasets.ts'
import { FIRM } from '../declarations/subject.ts'
import { firmRoutes } from './firm-routes.ts'
import { proveDemonstration } from './prove-demonstration.ts'

export const server = (app: App): ServerPart => {
  app.use(tags).hooks(FIRM, {
    pushed: (work, change) => handOn(app, work, change),
    memberOf: (work, account) => firmOf(app, work, account),
    ran: (work) => proveDemonstration(app, work),
  })
  return { routes: firmRoutes(app) }
}

/** Code of the firm of which an account is proven to be. */
async function firmOf(app: App, work: Work, account: string): Promise<string | undefined> {
  const proof = await app.use(identity).proofOf(account, work.tx)
  return proof?.kind === 'firm' ? proof.number : undefined
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

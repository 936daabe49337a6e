import { identity } from '#platform/identity'
import { type Notice, notices } from '#platform/notices'
import type { App, Work } from '#runtime'
import { elementDataset } from '../../declarations/datasets.ts'

const RIGHTS = ['standards.maintain', 'standards.decide'] as const

/** Tells the posts that keep the standards and those that decide on them. */
export async function tellKeepers(app: App, work: Work, notice: Omit<Notice, 'to'>): Promise<void> {
  const people = app.use(identity)
  const found = await Promise.all(
    RIGHTS.map((right) => people.postsWith(right, { organisation: elementDataset.source }, work.tx)),
  )
  for (const post of new Set(found.flat().map(({ id }) => id)))
    await app.use(notices).send(work, { to: { post }, ...notice })
}

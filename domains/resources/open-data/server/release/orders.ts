import type { Work } from '#runtime'

/** When to look again whether a source is free. */
const AGAIN_MS = 30_000

/** Has the version made that an entry's proposal asks for. */
export const enqueueMaking = (work: Work, entry: string): void =>
  work.enqueue('open-data.make', { entry }, { key: entry })

/** Has the source of a published entry read again. */
export const enqueueRefresh = (work: Work, entry: string): void =>
  work.enqueue('open-data.refresh', { entry }, { key: entry })

/** The same a little later, because somebody else is at the source now. */
export const enqueueAgain = (work: Work, job: 'open-data.make' | 'open-data.refresh', entry: string): void =>
  work.enqueue(job, { entry }, { key: entry, startAfter: new Date(work.at.getTime() + AGAIN_MS) })

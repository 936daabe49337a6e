import { ROWS_CHANGED } from '#platform/registry'
import { type App, type Job, type Subscriber, system, type Work } from '#runtime'
import { MATCHING, readingOf } from '../declarations/readings.ts'
import { proveDemoResident } from './own/prove-demo-resident.ts'
import { mayBegin } from './run/may-begin.ts'
import { RunLog } from './run/run-log.ts'
import { runMatching } from './run/run-matching.ts'

const RUN_JOB = 'one-file.run'

/** Changes come in parts; the run waits until some have come together. */
const GATHER_MS = 5000
/** How soon a run that waits, for an import or for another process, asks again. */
const AGAIN_MS = 15_000

/** Why a run is ordered: rows changed, a person decided, or everything is to be matched anew. */
export type Why = 'changed' | 'decided' | 'whole'

/** One order of a kind waits at a time. */
export const orderRun = (work: Work, why: Why, ms = 0): void =>
  work.enqueue(RUN_JOB, { why }, { key: why, startAfter: new Date(work.at.getTime() + ms) })

export const matchingJobs = (app: App): Job[] => [
  {
    id: RUN_JOB,
    title: { zh: '归并档案', en: 'Matching of the files' },
    expireSeconds: 6 * 3600,
    run: async (data, signal) => {
      const { why = 'decided' } = data as { why?: Why }
      const isTurn = why !== 'changed' || (await mayBegin(app))
      const isDone = isTurn && (await runMatching(app, signal, { whole: why === 'whole' }))
      if (!isDone) return app.work(system(MATCHING), async (work) => orderRun(work, why, AGAIN_MS))
      await proveDemoResident(app)
    },
  },
]

/** A run that did not come to its end is taken up again. */
export async function takeUp(app: App): Promise<void> {
  if (await RunLog.wasCut(app)) await app.work(system(MATCHING), async (work) => orderRun(work, 'changed'))
}

/** Rows of the bases changed: the files follow. */
export const followRows: Subscriber = {
  id: 'one-file.rows',
  topics: [ROWS_CHANGED],
  handle: async (work, { key }) => {
    if (readingOf(key)) orderRun(work, 'changed', GATHER_MS)
  },
}

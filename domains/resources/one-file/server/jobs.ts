import { ROWS_CHANGED } from '#platform/registry'
import { type App, type Job, type Subscriber, system, type Work } from '#runtime'
import { MATCHING, readingOf } from '../declarations/readings.ts'
import { proveDemoResident } from './own/prove-demo-resident.ts'
import { mayBegin } from './run/may-begin.ts'
import { runMatching } from './run/run-matching.ts'

export const RUN_JOB = 'one-file.run'

/** Changes come in parts; the run waits until some have come together. */
const GATHER_MS = 5000
/** How soon a run that waits for an import asks again. */
const AGAIN_MS = 15_000

export const matchingJobs = (app: App): Job[] => [
  {
    id: RUN_JOB,
    title: { zh: '归并档案', en: 'Matching of the files' },
    expireSeconds: 6 * 3600,
    run: async (data, signal) => {
      const { whole = false, mayWait } = data as { whole?: boolean; mayWait?: boolean }
      if (mayWait && !(await mayBegin(app)))
        return app.work(system(MATCHING), async (work) => orderLater(work, AGAIN_MS))
      await runMatching(app, signal, { whole })
      await proveDemoResident(app)
    },
  },
]

/** Rows of the bases changed: the files follow. */
export const followRows: Subscriber = {
  id: 'one-file.rows',
  topics: [ROWS_CHANGED],
  handle: async (work, { key }) => {
    if (readingOf(key)) orderLater(work, GATHER_MS)
  },
}

const orderLater = (work: Work, ms: number): void =>
  work.enqueue(RUN_JOB, { mayWait: true }, { key: 'changed', startAfter: new Date(work.at.getTime() + ms) })

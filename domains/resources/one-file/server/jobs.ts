import { ROWS_CHANGED } from '#platform/registry'
import type { App, Job, Subscriber } from '#runtime'
import { readingOf } from '../declarations/readings.ts'
import { proveDemoResident } from './own/prove-demo-resident.ts'
import { runMatching } from './run/run-matching.ts'

export const RUN_JOB = 'one-file.run'

/** Changes of an import come in parts; the run waits until some have come together. */
const GATHER_MS = 5000

export const matchingJobs = (app: App): Job[] => [
  {
    id: RUN_JOB,
    title: { zh: '归并档案', en: 'Matching of the files' },
    expireSeconds: 6 * 3600,
    run: async (data, signal) => {
      await runMatching(app, signal, data as { whole?: boolean })
      await proveDemoResident(app)
    },
  },
]

/** Rows of the bases changed: the files follow. */
export const followRows: Subscriber = {
  id: 'one-file.rows',
  topics: [ROWS_CHANGED],
  handle: async (work, { key }) => {
    if (!readingOf(key)) return
    work.enqueue(RUN_JOB, {}, { key: 'changed', startAfter: new Date(work.at.getTime() + GATHER_MS) })
  },
}

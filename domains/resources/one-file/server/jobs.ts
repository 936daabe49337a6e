import { dataDesk, ROWS_CHANGED } from '#platform/registry'
import type { App, Job, Subscriber, Work } from '#runtime'
import { readingOf } from '../declarations/readings.ts'
import { proveDemoResident } from './own/prove-demo-resident.ts'
import { mayBegin } from './run/may-begin.ts'
import { runMatching } from './run/run-matching.ts'

export const RUN_JOB = 'one-file.run'

/** Changes come in parts; the run waits until some have come together. */
const GATHER_MS = 5000

export const matchingJobs = (app: App): Job[] => [
  {
    id: RUN_JOB,
    title: { zh: '归并档案', en: 'Matching of the files' },
    expireSeconds: 6 * 3600,
    run: async (data, signal) => {
      const { whole, mayWait } = data as { whole?: boolean; mayWait?: boolean }
      if (mayWait && !(await mayBegin(app))) return
      await runMatching(app, signal, { whole: whole ?? false })
      await proveDemoResident(app)
    },
  },
]

/** Rows of the bases changed, or an import of them has ended, for which a run may have waited: the files follow. */
export const matchingSubscribers = (app: App): Subscriber[] => [
  {
    id: 'one-file.rows',
    topics: [ROWS_CHANGED],
    handle: async (work, { key }) => order(work, key),
  },
  {
    id: 'one-file.loads',
    topics: ['registry.load.ended'],
    handle: async (work, { key }) => order(work, (await app.use(dataDesk).progress(Number(key))).dataset),
  },
]

function order(work: Work, dataset: string): void {
  if (!readingOf(dataset)) return
  work.enqueue(RUN_JOB, { mayWait: true }, { key: 'changed', startAfter: new Date(work.at.getTime() + GATHER_MS) })
}

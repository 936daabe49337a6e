import { analytics, type Snapshot, wordsIn } from '#platform/analytics'
import { dataDesk, fieldUses, ROWS_CHANGED } from '#platform/registry'
import { type App, type Job, type Subscriber, system, type Work, words } from '#runtime'
import type { Indicator, Measured, OverRows } from '../indicator.ts'
import { periodOf } from './periods.ts'
import { newestMembers } from './read-values.ts'

const JOB = 'indicators.over-rows'
/** Rows come in parts; it is counted once some have come together, and again while they still come. */
const GATHER_MS = 60_000
const LIMITS = { seconds: 600, bytes: 2 ** 30, rows: 10_000 }

type Counted = Indicator & { readonly compute: OverRows }

const isCounted = (indicator: Indicator): indicator is Counted => typeof indicator.compute !== 'string'

/** Measures over the rows of a dataset; of all datasets unless one is named. */
export const countedOver = (app: App, dataset?: string): readonly Counted[] =>
  app
    .declared('indicators')
    .map(({ entry }) => entry)
    .filter(isCounted)
    .filter(({ compute }) => dataset === undefined || compute.dataset === dataset)

/** Columns of the dataset's copy that a measure is made of, and other words of its statement. */
export const fieldsOf = ({ compute: { value, where = '', member = '' } }: Counted): readonly string[] => [
  ...wordsIn(`${value} ${where} ${member}`),
]

/** Counts a measure for the period that is under way, over the rows as they are. */
export async function count(app: App, indicator: Counted, copy: Snapshot): Promise<Measured[]> {
  const { value, where = 'true', member = `'city'` } = indicator.compute
  const period = periodOf(indicator.period, app.now()).toISOString()
  const values: Measured[] = []
  let ofNone: number | null = null
  const sql = `select * from (select ${member} as member, (${value})::double, count(*) from ${copy.table} where ${where}
      group by 1) where member is not null
    union all select null, (${value})::double, 0 from ${copy.table} where false order by 1`
  for await (const { rows } of app.use(analytics).ask({ sql, tables: [copy.table], limits: LIMITS }))
    for (const [key, found, counted] of rows) {
      const measured = found === null ? null : Number(found)
      const basis = { dataset: indicator.compute.dataset, rows: Number(counted) }
      if (key === null) ofNone = measured
      else values.push({ member: String(key), period, value: measured, basis })
    }
  const counted = new Set(values.map(({ member: each }) => each))
  const known = indicator.dimension === 'city' ? ['city'] : await newestMembers(app.db, indicator.id)
  // One that has no row any more is nought, not as it was.
  const gone = known.filter((each) => !counted.has(each))
  const basis = { dataset: indicator.compute.dataset, rows: 0 }
  return [...values, ...gone.map((each) => ({ member: each, period, value: ofNone, basis }))]
}

/** Orders that the measures over a dataset are counted. */
export const orderCount = (work: Work, dataset: string, ms = 0): void =>
  work.enqueue(JOB, { dataset }, { key: dataset, startAfter: new Date(work.at.getTime() + ms) })

/** Counts every night, so that each period has its value, and after changes. */
export const countJob = (
  app: App,
  publish: (indicator: string, values: readonly Measured[]) => Promise<void>,
): Job => ({
  id: JOB,
  title: words('统计指标', 'Count measures'),
  schedule: '20 0 * * *',
  expireSeconds: 3600,
  run: async (data, signal) => {
    const { dataset } = data as { dataset?: string }
    const loading = await app.use(dataDesk).loading()
    for (const id of new Set(countedOver(app, dataset).map(({ compute }) => compute.dataset))) {
      if (loading.has(id)) {
        await app.work(system(JOB), async (work) => orderCount(work, id, GATHER_MS))
        continue
      }
      const copy = await app.use(analytics).refresh(id, undefined, signal)
      for (const indicator of countedOver(app, id)) await publish(indicator.id, await count(app, indicator, copy))
    }
  },
})

export const followRows = (app: App): Subscriber => ({
  id: 'indicators.rows',
  topics: [ROWS_CHANGED],
  handle: async (work, { key }) => {
    if (countedOver(app, key).length > 0) orderCount(work, key, GATHER_MS)
  },
})

/** Tells which measures are made of fields of a dataset. */
export const tellUses = (app: App): void =>
  app.use(fieldUses).tell(async (_, { id }) =>
    countedOver(app, id).map((indicator) => ({
      kind: words('指标', 'Measure'),
      title: indicator.title,
      fields: fieldsOf(indicator),
    })),
  )

import { type Compute, indicators } from '#platform/indicators'
import { type App, dayAt, type Job, system, words } from '#runtime'
import {
  AREA,
  computeComposite,
  computeGoodDays,
  computePm25,
  computePollutionLevel,
  periodsIn,
  STATION,
} from './compute-periods.ts'
import { publishDay } from './publish-indices.ts'
import { runScreens } from './run-screens.ts'

const MONTHLY: readonly (readonly [string, Compute])[] = [
  ['air.pollution-level.daily', computePollutionLevel],
  ['air.composite.monthly', computeComposite('month', STATION)],
  ['air.area-composite.monthly', computeComposite('month', AREA)],
]
const YEARLY: readonly (readonly [string, Compute])[] = [
  ['air.composite.yearly', computeComposite('year', STATION)],
  ['air.area-composite.yearly', computeComposite('year', AREA)],
  ['air.pm25.yearly', computePm25],
  ['air.good-days.yearly', computeGoodDays],
]

/** Makes the values of a month and of its year again. */
export async function publishPeriods(app: App, month: Date): Promise<void> {
  const store = app.use(indicators)
  const [inMonth] = periodsIn('month', month, new Date(month.getTime() + 1))
  const [inYear] = periodsIn('year', month, new Date(month.getTime() + 1))
  if (!inMonth || !inYear) return
  await app.work(system('air.periods'), async (work) => {
    for (const [id, compute] of MONTHLY)
      await store.publish(work, id, await compute(app, { from: inMonth.start, to: inMonth.end }))
    for (const [id, compute] of YEARLY)
      await store.publish(work, id, await compute(app, { from: inYear.start, to: inYear.end }))
    work.emit({ topic: 'air.period.computed', key: inMonth.start.toISOString(), audience: { right: 'air.data.read' } })
  })
}

export const airJobs = (app: App): readonly Job[] => [
  {
    id: 'air.daily',
    title: words('昨日空气质量', 'Air quality of yesterday'),
    schedule: '20 0 * * *',
    run: () => app.work(system('air.daily'), (work) => publishDay(app, work, dayAt(app.now().getTime()) - 1)),
  },
  {
    id: 'air.periods',
    title: words('月、年空气质量', 'Air quality of months and years'),
    run: (data) => publishPeriods(app, new Date((data as { month: string }).month)),
  } satisfies Job,
  {
    id: 'air.screens',
    title: words('监测数据异常筛查', 'Screens for suspicious measurements'),
    schedule: '35 * * * *',
    run: () => runScreens(app),
  },
]

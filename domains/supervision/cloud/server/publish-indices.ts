import { readFile } from 'node:fs/promises'
import type { Feature } from 'geojson'
import { identity } from '#platform/identity'
import { type Compute, indicators } from '#platform/indicators'
import type { Features } from '#platform/map'
import { type App, type Job, system, type Work, words } from '#runtime'
import { listPlans, nodesOf, today } from './nodes.ts'
import { assessMilestones, milestonesUnder, type Tree, tasksOf, treeOf } from './tree.ts'

const ACTOR = system('supervision.cloud.measures')

/** Trees of the plans that run on a day. */
const runningTrees = (app: App, day: string): Promise<readonly Tree[]> =>
  app.work(ACTOR, async (work: Work) => {
    const plans = (await listPlans(app, work)).filter(
      ({ state, startsOn, endsOn }) => state === 'published' && startsOn <= day && day <= endsOn,
    )
    return Promise.all(plans.map(async ({ id }) => treeOf(await nodesOf(app, work, id))))
  })

/** Schedule performance index of each lead unit for the days asked, over all plans that run. */
export const computeSpi: Compute = async (app, { from, to, members }) => {
  const measured = []
  for (let at = from.getTime(); at < to.getTime(); at += 86_400_000) {
    const day = new Date(at + 12 * 3_600_000).toISOString().slice(0, 10)
    for (const tree of await runningTrees(app, day)) {
      const leads = new Set(tasksOf(tree).flatMap(({ lead }) => lead ?? []))
      for (const unit of leads) {
        if (members && !members.includes(unit)) continue
        const under = tasksOf(tree)
          .filter(({ lead }) => lead === unit)
          .flatMap(({ id }) => milestonesUnder(tree, id))
        const { spi, planned, earned, overdue, pack } = assessMilestones(app, tree, under, day, true)
        measured.push({
          member: unit,
          period: new Date(at).toISOString(),
          value: spi,
          basis: { planned, earned, overdue, pack },
        })
      }
    }
  }
  return measured
}

export const cloudJobs = (app: App): readonly Job[] => [
  {
    id: 'supervision.cloud.spi',
    title: words('重点工作进度指数', 'Progress index of key work'),
    schedule: '30 0 * * *',
    run: async () => {
      const start = new Date(`${today(app)}T00:00:00+08:00`)
      const values = await computeSpi(app, { from: start, to: new Date(start.getTime() + 86_400_000) })
      await app.work(ACTOR, (work) => app.use(indicators).publish(work, 'supervision.cloud.spi', values))
    },
  },
]

const BOUNDARIES = new URL('../../../../data/boundaries/counties.geojson', import.meta.url)
const LEVELS = { grey: null, green: 1, yellow: 2, red: 3 } as const

/** Counties with the light of the tasks that fall to them. */
export const countyFeatures: Features = async (app) => {
  const day = today(app)
  const trees = await runningTrees(app, day)
  const { features } = JSON.parse(await readFile(BOUNDARIES, 'utf8')) as { features: readonly Feature[] }
  const names = await app.use(identity).divisionNames(features.map(({ properties }) => String(properties?.code)))
  return features.map((feature) => {
    const code = String(feature.properties?.code)
    const parts = trees.map((tree) => {
      const tasks = tasksOf(tree).filter(({ division }) => division?.startsWith(code))
      return {
        tasks: tasks.length,
        ...assessMilestones(
          app,
          tree,
          tasks.flatMap(({ id }) => milestonesUnder(tree, id)),
          day,
          false,
        ),
      }
    })
    const levels = parts.flatMap(({ light }) => LEVELS[light] ?? [])
    return {
      ...feature,
      properties: {
        id: code,
        name: String(feature.properties?.name),
        name_en: names.get(code)?.en ?? code,
        level: levels.length === 0 ? null : Math.max(...levels),
        tasks: parts.reduce((sum, part) => sum + part.tasks, 0),
        behind: parts.reduce((sum, part) => sum + part.overdue, 0),
        division: code,
      },
    }
  })
}

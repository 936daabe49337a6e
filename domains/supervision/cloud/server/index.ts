import { documents } from '#platform/documents'
import { indicators } from '#platform/indicators'
import { loops } from '#platform/loops'
import { maps } from '#platform/map'
import type { App, ServerPart } from '#runtime'
import { guardFiles } from './instruction-files.ts'
import { checkLive } from './live-milestones.ts'
import { loadPlan } from './load-plan.ts'
import { tellMilestones } from './measured-milestones.ts'
import { cloudJobs, computeSpi, countyFeatures } from './publish-indices.ts'
import { calendarRoute } from './routes/calendar.ts'
import { decideDuplicateRoute, duplicatesRoute } from './routes/duplicates.ts'
import { removeNodeRoute, saveNodeRoute } from './routes/edit.ts'
import { importRoute } from './routes/import.ts'
import {
  answerInstructionRoute,
  decideInstructionRoute,
  giveInstructionRoute,
  instructionRoute,
  instructionsRoute,
} from './routes/instructions.ts'
import { letterRoute } from './routes/letters.ts'
import { overviewRoute } from './routes/overview.ts'
import { draftRoute, planRoute, plansRoute, publishRoute } from './routes/plans.ts'
import { confirmScoresRoute, scoresRoute } from './routes/scores.ts'
import { statisticsExportRoute, statisticsMilestonesRoute, statisticsRoute } from './routes/statistics.ts'
import { taskRoute } from './routes/task.ts'
import { unitsRoute } from './routes/units.ts'
import { taskHooks } from './task-hooks.ts'

const ROUTES = [
  plansRoute,
  planRoute,
  draftRoute,
  publishRoute,
  importRoute,
  saveNodeRoute,
  removeNodeRoute,
  overviewRoute,
  statisticsRoute,
  statisticsMilestonesRoute,
  statisticsExportRoute,
  calendarRoute,
  taskRoute,
  letterRoute,
  unitsRoute,
  scoresRoute,
  confirmScoresRoute,
  duplicatesRoute,
  decideDuplicateRoute,
  instructionsRoute,
  instructionRoute,
  giveInstructionRoute,
  answerInstructionRoute,
  decideInstructionRoute,
] as const

export const server = (app: App): ServerPart => {
  app.use(loops).hooks('supervision.cloud', taskHooks(app))
  app.use(indicators).hooks({ compute: { 'supervision.cloud.spi': computeSpi } })
  tellMilestones(app)
  app.use(maps).hooks({ 'supervision.cloud.counties': countyFeatures })
  app.use(documents).readers('supervision.cloud.plan', async ({ actor }) => actor.rights.has('supervision.cloud.plan'))
  guardFiles(app)
  return {
    routes: ROUTES.map((make) => make(app)),
    jobs: cloudJobs(app),
    subscribers: [
      {
        id: 'supervision.cloud.live',
        topics: ['indicators.values.published'],
        handle: (work, { key }) => checkLive(app, work, key),
      },
    ],
    start: () => loadPlan(app),
  }
}

import type { App, Route } from '#runtime'
import { correctRoute } from './routes/correct.ts'
import { differencesRoute } from './routes/differences.ts'
import { evaluationRoute } from './routes/evaluation.ts'
import { explanationRoute } from './routes/explanation.ts'
import { findingsRoute } from './routes/findings.ts'
import { overviewRoute } from './routes/overview.ts'
import { rankingsRoute } from './routes/rankings.ts'
import { stationRoutes } from './routes/station.ts'

export const airRoutes = (app: App): Route[] => [
  overviewRoute(app),
  ...stationRoutes(app),
  explanationRoute(app),
  rankingsRoute(app),
  evaluationRoute(app),
  differencesRoute(app),
  findingsRoute(app),
  correctRoute(app),
]

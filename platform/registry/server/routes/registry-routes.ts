import type { Route } from '#runtime'
import type { LoadParts } from '../loading/run-load.ts'
import { correctionRoutes } from './correction-routes.ts'
import { datasetRoutes } from './dataset-routes.ts'
import { exportRoutes } from './export-routes.ts'
import { loadRoutes } from './load-routes.ts'
import { retentionRoutes } from './retention-routes.ts'
import { rowRoutes } from './row-routes.ts'
import { viewRoutes } from './view-routes.ts'

/** Every call of the registry. */
export const registryRoutes = (parts: LoadParts): Route[] => [
  ...datasetRoutes(parts),
  ...rowRoutes(parts),
  ...viewRoutes(),
  ...loadRoutes(parts),
  ...correctionRoutes(parts),
  ...exportRoutes(parts),
  ...retentionRoutes(parts),
]

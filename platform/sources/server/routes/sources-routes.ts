import type { Route } from '#runtime'
import type { SourcesParts } from '../parts.ts'
import { feedRoutes } from './feed-routes.ts'
import { pushRoutes } from './push-routes.ts'
import { runRoutes } from './run-routes.ts'
import { sourceRoutes } from './source-routes.ts'

export const sourcesRoutes = (parts: SourcesParts): Route[] => [
  ...sourceRoutes(parts),
  ...feedRoutes(parts),
  ...runRoutes(parts),
  ...pushRoutes(parts),
]

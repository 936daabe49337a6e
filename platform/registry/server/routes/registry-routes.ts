import type { Route } from '#runtime'
import type { LoadParts } from '../loading/run-load.ts'

/** Every call of the registry. */
export const registryRoutes = (_parts: LoadParts): Route[] => []

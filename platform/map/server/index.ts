import { type App, type ServerPart, StartError } from '#runtime'
import { type Features, maps } from '../contract.ts'
import { BoundaryBook } from './boundary-book.ts'
import { LiveLayers } from './live-layers.ts'
import { type PreparedLayer, prepareLayers } from './prepare-layers.ts'
import { boundaryRoutes } from './route-boundaries.ts'
import { cockpitRoute } from './route-cockpit.ts'
import { divisionRoute } from './route-division.ts'
import { featuresRoute } from './route-features.ts'
import { layersRoute } from './route-layers.ts'
import { styleRoute } from './route-style.ts'
import { tileRoute } from './route-tile.ts'
import { seedBoundaries } from './seed-boundaries.ts'

export const server = (app: App): ServerPart => {
  const layers = prepareLayers(app)
  const hooks = new Map<string, Features>()
  const book = new BoundaryBook(app)
  const live = new LiveLayers(app, hooks)
  app.provide(maps, {
    hooks: (added) => {
      for (const [name, features] of Object.entries(added)) {
        if (hooks.has(name)) throw new StartError(`Two modules register the map hook "${name}".`)
        hooks.set(name, features)
      }
    },
    divisionAt: (lng, lat) => book.at(lng, lat),
  })
  return {
    routes: [
      styleRoute(book),
      layersRoute(layers, live),
      featuresRoute(layers, live),
      tileRoute(layers, live),
      divisionRoute(book),
      cockpitRoute(app, layers, book, live),
      ...boundaryRoutes(app),
    ],
    start: async () => {
      checkHooks(layers, hooks)
      await seedBoundaries(app)
      await book.start()
      app.hear(({ topic }) => live.touch(topic, layers))
    },
    stop: () => live.stop(),
  }
}

function checkHooks(layers: readonly PreparedLayer[], hooks: ReadonlyMap<string, Features>): void {
  for (const { id, source } of layers)
    if ('hook' in source && !hooks.has(source.hook))
      throw new StartError(`Layer "${id}" names the map hook "${source.hook}", which no module registers.`)
}

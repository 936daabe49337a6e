import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, route, words } from '#runtime'
import type { BoundaryBook } from './boundary-book.ts'
import type { LiveLayers } from './live-layers.ts'
import type { PreparedLayer } from './prepare-layers.ts'
import { readCockpit } from './read-cockpit.ts'

const Pair = Type.Object({ zh: Type.String(), en: Type.String() })
const Value = Type.Union([Type.Number(), Type.Null()])
const Measure = Type.Object({
  ...{ id: Type.String(), title: Pair, unit: Type.String(), decimals: Type.Integer() },
  better: Type.Enum(['higher', 'lower', 'neither']),
  period: Type.Enum(['hour', 'day', 'month', 'quarter', 'year']),
  at: Type.String({ description: 'Newest period that has a value' }),
  drill: Type.Optional(Type.String()),
  value: Type.Union([Type.Number(), Type.Null()], { description: 'Of the whole city in that period' }),
  trend: Type.Array(Type.Object({ at: Type.String(), value: Value })),
  parts: Type.Array(Type.Object({ member: Type.String(), name: Pair, value: Value })),
})
const WarningInfo = Type.Object({
  ...{ id: Type.String(), title: Pair, member: Type.String(), name: Pair },
  level: Type.Enum(['blue', 'yellow', 'orange', 'red']),
  openedAt: Type.Unsafe<Date>({ type: 'string', format: 'date-time' }),
  loop: Type.Union([Type.String(), Type.Null()]),
})

/** Everything that the wall shows beside the map and the loops, in one call. */
export const cockpitRoute = (app: App, layers: readonly PreparedLayer[], book: BoundaryBook, live: LiveLayers) =>
  route({
    method: 'GET',
    path: '/api/map/cockpit',
    title: words('驾驶舱', 'Cockpit'),
    right: 'map.cockpit.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ measures: Type.Array(Measure), warnings: Type.Array(WarningInfo) }),
    example: { measures: [], warnings: [] },
    handler: () => readCockpit(app, layers, book, live),
  })

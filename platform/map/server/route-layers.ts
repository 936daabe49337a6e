import { Type } from 'typebox'
import { NOTHING_PERSONAL, route, SIGNED_IN, words } from '#runtime'
import type { LiveLayers } from './live-layers.ts'
import type { PreparedLayer } from './prepare-layers.ts'
import { reachInto } from './visible.ts'

const Pair = Type.Object({ zh: Type.String(), en: Type.String() })
const Colours = Type.Object({
  property: Type.String(),
  steps: Type.Array(Type.Object({ from: Type.Number(), colour: Type.String(), title: Pair })),
  missing: Type.String(),
})
const LayerInfo = Type.Object({
  id: Type.String(),
  module: Type.String(),
  moduleTitle: Pair,
  title: Pair,
  geometry: Type.Enum(['point', 'line', 'polygon']),
  properties: Type.Array(Type.String()),
  colours: Type.Optional(Colours),
  page: Type.Optional(Type.String()),
  hidden: Type.Optional(Type.Boolean({ description: 'Shown on the common map only when switched on' })),
  refreshOn: Type.Array(Type.String()),
  tiles: Type.String({ description: 'Template of tile addresses; holds the version once the layer is made' }),
  version: Type.Union([Type.String(), Type.Null()]),
  count: Type.Union([Type.Integer(), Type.Null()]),
  updating: Type.Boolean({ description: 'A newer version is being made; ask again in a second' }),
})

/** Layers that the caller may see, with all that is needed to draw them. */
export const layersRoute = (layers: readonly PreparedLayer[], live: LiveLayers) =>
  route({
    method: 'GET',
    path: '/api/map/layers',
    title: words('地图图层', 'Map layers'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    response: Type.Array(LayerInfo),
    example: [
      {
        ...{
          id: 'map.county',
          module: 'map',
          moduleTitle: words('地图', 'Map'),
          title: words('县（市、区）界', 'Counties'),
        },
        ...{ geometry: 'polygon', properties: ['code', 'name'], refreshOn: ['map.boundary.changed'] },
        ...{ tiles: '/api/map/tiles/map.county/{z}/{x}/{y}.mvt?v=1f0c', version: '1f0c', count: 6, updating: false },
      },
    ],
    handler: async ({ actor }) =>
      layers.flatMap((layer) => {
        if (reachInto(layer, actor) === undefined) return []
        const { made, isUpdating } = live.glance(layer)
        const { module, id, title, geometry, properties, colours, page, hidden, refreshOn = [] } = layer
        return [
          {
            ...{ id, module: module.id, moduleTitle: module.title, title, geometry, properties, refreshOn },
            ...(colours ? { colours } : {}),
            ...(page ? { page } : {}),
            ...(hidden ? { hidden } : {}),
            tiles: `/api/map/tiles/${id}/{z}/{x}/{y}.mvt?v=${made?.version ?? ''}`,
            version: made?.version ?? null,
            count: made?.count ?? null,
            updating: isUpdating,
          },
        ]
      }),
  })

import { Type } from 'typebox'
import { NOTHING_PERSONAL, route, SIGNED_IN, words } from '#runtime'
import type { LiveLayers } from './live-layers.ts'
import type { PreparedLayer } from './prepare-layers.ts'
import { openLayer } from './visible.ts'

const MOST = 5_000

/** A layer's features as GeoJSON, for the list beside the map and for other programs. */
export const featuresRoute = (layers: readonly PreparedLayer[], live: LiveLayers) =>
  route({
    method: 'GET',
    path: '/api/map/layers/:layer/features',
    title: words('图层要素', 'Features of a layer'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    params: Type.Object({ layer: Type.String() }),
    query: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: MOST, default: MOST }) }),
    response: Type.Object({
      type: Type.Literal('FeatureCollection'),
      total: Type.Integer({ description: 'All that the caller may see, also beyond the limit' }),
      features: Type.Array(Type.Unsafe<object>({ type: 'object', additionalProperties: true })),
    }),
    example: { type: 'FeatureCollection', total: 0, features: [] },
    handler: async ({ params, query, actor }) => {
      const { layer, within } = openLayer(layers, params.layer, actor)
      return { type: 'FeatureCollection', ...(await live.list(layer, within, query.limit)) }
    },
  })

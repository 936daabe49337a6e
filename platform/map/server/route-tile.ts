import { Type } from 'typebox'
import { InvalidInput, NOTHING_PERSONAL, PUBLIC, route, words } from '#runtime'
import type { LiveLayers } from './live-layers.ts'
import type { PreparedLayer } from './prepare-layers.ts'
import { openLayer } from './visible.ts'

const DEEPEST = 22

/** One vector tile; a browser that has it already is told so without making it. */
export const tileRoute = (layers: readonly PreparedLayer[], live: LiveLayers) =>
  route({
    method: 'GET',
    path: '/api/map/tiles/:layer/:z/:x/:y.mvt',
    title: words('矢量瓦片（公众只有底图）', 'Vector tile; of the base map for everybody'),
    right: PUBLIC,
    audit: NOTHING_PERSONAL,
    params: Type.Object({
      layer: Type.String(),
      z: Type.Integer({ minimum: 0, maximum: DEEPEST }),
      x: Type.Integer({ minimum: 0 }),
      y: Type.Integer({ minimum: 0 }),
    }),
    query: Type.Object({
      v: Type.Optional(Type.String({ description: 'Version, so that a new one is another address' })),
    }),
    response: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }),
    produces: 'application/vnd.mapbox-vector-tile',
    example: '',
    handler: async ({ params, actor, request, reply }) => {
      const { z, x, y } = params
      const { layer, within } = openLayer(layers, params.layer, actor)
      if (Math.max(x, y) >= 2 ** z)
        throw new InvalidInput('no-tile', words(`第 ${z} 级没有这个瓦片`, `There is no such tile at zoom ${z}`))
      const { version } = await live.version(layer)
      const tag = `"${version}-${within}-${z}-${x}-${y}"`
      reply.header('etag', tag).header('cache-control', 'private, no-cache')
      if (request.headers['if-none-match'] === tag) return void reply.code(304).send()
      const tile = await live.tile(layer, z, x, y, within)
      return tile.byteLength > 0 ? Buffer.from(tile) : undefined
    },
  })

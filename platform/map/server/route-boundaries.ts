import type { Feature, Geometry } from 'geojson'
import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, PUBLIC, route, SIGNED_IN, words } from '#runtime'
import { endBoundary } from './end-boundary.ts'
import { boundaryHistory, listBoundaries } from './read-boundaries.ts'
import { saveBoundaries } from './save-boundaries.ts'

const Row = Type.Object({
  code: Type.String(),
  level: Type.Enum(['city', 'county', 'town', 'village', 'grid']),
  name: Type.String(),
  nameEn: Type.Union([Type.String(), Type.Null()]),
  source: Type.String(),
  review: Type.Union([Type.String(), Type.Null()], { description: 'Map review number [审图号]' }),
  validFrom: Type.Unsafe<Date>({ type: 'string', format: 'date-time' }),
  validTo: Type.Unsafe<Date | null>({ type: ['string', 'null'], format: 'date-time' }),
})
const Shape = Type.Unsafe<Geometry>({ type: 'object', additionalProperties: true })
const EXAMPLE = {
  ...{ code: '370902', level: 'county', name: '泰山区', nameEn: 'Taishan District', source: 'DataV.GeoAtlas' },
  ...{ review: null, validFrom: '2026-03-01T00:00:00.000Z', validTo: null },
}
const MEGABYTE = 1_048_576
const Code = Type.Object({ code: Type.String({ pattern: '^[0-9]{6,15}$' }) })

const list = (app: App) =>
  route({
    method: 'GET',
    path: '/api/map/boundaries',
    title: words(
      '边界清单（公开：底图的来源和审图号）',
      'Boundaries in force, public: source and review of the base map',
    ),
    right: PUBLIC,
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      level: Type.Optional(Type.Enum(['city', 'county', 'town', 'village', 'grid'])),
      within: Type.Optional(Type.String({ pattern: '^[0-9]{2,15}$', description: 'Code prefix' })),
    }),
    response: Type.Array(Row),
    example: [EXAMPLE],
    handler: ({ query }) => listBoundaries(app.db, query),
  })

const one = (app: App) =>
  route({
    method: 'GET',
    path: '/api/map/boundaries/:code',
    title: words('边界与历史', 'A boundary and its history'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    params: Code,
    response: Type.Array(Type.Intersect([Row, Type.Object({ geometry: Shape })]), { description: 'The newest first' }),
    example: [{ ...EXAMPLE, geometry: { type: 'Polygon', coordinates: [] } }],
    handler: ({ params }) => boundaryHistory(app.db, params.code),
  })

const save = () =>
  route({
    method: 'POST',
    path: '/api/map/boundaries',
    title: words('绘制或导入边界', 'Draw or import boundaries'),
    right: 'map.boundary.write',
    audit: 'map.boundary.saved',
    bodyLimit: 64 * MEGABYTE,
    body: Type.Object({
      type: Type.Literal('FeatureCollection'),
      source: Type.String({ minLength: 1, maxLength: 200, description: 'Where the lines come from' }),
      review: Type.Optional(Type.String({ maxLength: 100, description: 'Map review number [审图号]' })),
      crs: Type.Enum(['wgs84', 'cgcs2000', 'gcj02'], { default: 'wgs84' }),
      features: Type.Array(
        Type.Unsafe<Feature<Geometry | null>>({
          type: 'object',
          description: 'With code, name and name_en as properties',
        }),
      ),
    }),
    response: Type.Object({ codes: Type.Array(Type.String()) }),
    example: { codes: ['370902001'] },
    handler: async ({ body, work, scope }) => {
      const within = scope.reach === 'city' ? '' : scope.division
      return { codes: await saveBoundaries(work, body, within) }
    },
  })

const end = () =>
  route({
    method: 'DELETE',
    path: '/api/map/boundaries/:code',
    title: words('停用边界', 'End a boundary'),
    right: 'map.boundary.write',
    audit: 'map.boundary.ended',
    params: Code,
    response: Type.Object({ code: Type.String() }),
    example: { code: '370902001' },
    handler: async ({ params, work, scope }) => {
      await endBoundary(work, params.code, scope.reach === 'city' ? '' : scope.division)
      return params
    },
  })

export const boundaryRoutes = (app: App) => [list(app), one(app), save(), end()]

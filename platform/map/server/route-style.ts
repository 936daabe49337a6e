import { Type } from 'typebox'
import { NOTHING_PERSONAL, PUBLIC, route, words } from '#runtime'
import { baseStyle } from './base-style.ts'
import type { BoundaryBook } from './boundary-book.ts'

/** The base map: the city's own lines and names, no other server asked. */
export const styleRoute = (book: BoundaryBook) =>
  route({
    method: 'GET',
    path: '/api/map/style.json',
    title: words('底图样式（公开：公众页面的地图）', 'Style of the base map, for the maps of public pages too'),
    right: PUBLIC,
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      theme: Type.Enum(['light', 'dark'], { default: 'light' }),
      language: Type.Enum(['zh', 'en'], { default: 'zh' }),
    }),
    response: Type.Unsafe<object>({
      type: 'object',
      additionalProperties: true,
      description: 'MapLibre style, version 8',
    }),
    example: { version: 8, sources: {}, layers: [] },
    handler: async ({ query }) => baseStyle(query.theme, query.language, book.bounds()),
  })

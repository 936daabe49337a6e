import { Type } from 'typebox'
import { NOTHING_PERSONAL, route, SIGNED_IN, words } from '#runtime'
import { ancestorsOf } from './boundary.ts'
import type { BoundaryBook } from './boundary-book.ts'

const Division = Type.Object({
  code: Type.String(),
  level: Type.String(),
  name: Type.String(),
  nameEn: Type.Union([Type.String(), Type.Null()]),
})

/** Which divisions hold a point, the deepest first. */
export const divisionRoute = (book: BoundaryBook) =>
  route({
    method: 'GET',
    path: '/api/map/division',
    title: words('按点查区划', 'Division that holds a point'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      lng: Type.Number({ minimum: -180, maximum: 180 }),
      lat: Type.Number({ minimum: -90, maximum: 90 }),
    }),
    response: Type.Object({
      code: Type.Union([Type.String(), Type.Null()], { description: 'Deepest division, null outside the city' }),
      divisions: Type.Array(Division),
    }),
    example: {
      code: '370902',
      divisions: [{ code: '370902', level: 'county', name: '泰山区', nameEn: 'Taishan District' }],
    },
    handler: async ({ query }) => {
      const code = book.at(query.lng, query.lat)
      const codes = code ? [code, ...ancestorsOf(code)] : []
      const divisions = codes.flatMap((each) => {
        const found = book.find(each)
        return found ? [{ code: each, level: found.level, name: found.name, nameEn: found.nameEn }] : []
      })
      return { code: code ?? null, divisions }
    },
  })

import { Type } from 'typebox'
import { type App, Forbidden, NOTHING_PERSONAL, NotFound, type Route, route, words } from '#runtime'
import type { Device } from '../contract.ts'
import { type DeviceState, listDevices, registerDevices } from './devices.ts'

const PAGE = 100
const Words = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 100 }),
  en: Type.String({ minLength: 1, maxLength: 100 }),
})
const Point = Type.Object({
  lng: Type.Number({ minimum: -180, maximum: 180 }),
  lat: Type.Number({ minimum: -90, maximum: 90 }),
})
const Facts = {
  title: Words,
  division: Type.String({ pattern: '^[0-9]{2,12}([.][a-z-]+)?$' }),
  organisation: Type.String({ minLength: 1, maxLength: 100 }),
  point: Type.Union([Point, Type.Null()]),
  status: Type.Union([Type.Literal('in-use'), Type.Literal('repair'), Type.Literal('retired')]),
  properties: Type.Record(Type.String(), Type.Unknown()),
}
const Identity = { class: Type.String({ maxLength: 60 }), code: Type.String({ minLength: 1, maxLength: 60 }) }
const State = Type.Union((['online', 'silent', 'never', 'away'] as const).map((state) => Type.Literal(state)))
const Shown = Type.Object({
  ...Identity,
  ...Facts,
  state: State,
  lastAt: Type.Union([Type.String(), Type.Null()]),
  receivedAt: Type.Union([Type.String(), Type.Null()]),
})
const EXAMPLE: DeviceState = {
  class: 'air.station',
  code: '1656A',
  title: { zh: '人口学校', en: 'Renkou School' },
  division: '370902',
  organisation: 'city.ecology',
  point: { lng: 117.0872, lat: 36.1758 },
  status: 'in-use',
  properties: { level: 'national' },
  state: 'online',
  lastAt: '2017-07-07T08:00:00.000Z',
  receivedAt: '2017-07-07T08:12:00.000Z',
}

export const deviceRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/api/sensing/devices',
    title: words('监测设备', 'Devices and stations'),
    right: 'sensing.device.read',
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      class: Type.Optional(Type.String()),
      search: Type.Optional(Type.String({ maxLength: 100 })),
      state: Type.Optional(State),
      after: Type.Optional(Type.String({ maxLength: 150 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: PAGE })),
    }),
    response: Type.Object({ rows: Type.Array(Shown), next: Type.Union([Type.String(), Type.Null()]) }),
    example: { rows: [EXAMPLE], next: null },
    handler: async ({ query, scope }) => {
      const limit = query.limit ?? PAGE
      const devices = await listDevices(app.db, scope, { ...query, limit: limit + 1 })
      const last = devices.length > limit ? devices[limit - 1] : undefined
      return { rows: devices.slice(0, limit), next: last ? `${last.class}/${last.code}` : null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/sensing/devices/:class/:code',
    title: words('一个监测设备', 'A device'),
    right: 'sensing.device.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object(Identity),
    response: Shown,
    example: EXAMPLE,
    handler: async ({ params, scope }) => {
      const [device] = await listDevices(app.db, scope, { ...params, limit: 1 })
      if (!device) throw new NotFound()
      return device
    },
  }),
  route({
    method: 'PUT',
    path: '/api/sensing/devices/:class/:code',
    title: words('登记或变更监测设备', 'Register or change a device; retire it by its status'),
    right: 'sensing.device.write',
    audit: 'sensing.device.written',
    params: Type.Object(Identity),
    body: Type.Object(Facts, { additionalProperties: false }),
    response: Shown,
    example: EXAMPLE,
    handler: async ({ params, body, scope, work }) => {
      const before = await listDevices(work.tx, { ...scope, reach: 'city' }, { ...params, limit: 1 })
      const reaches = ({ division }: { readonly division: string }) =>
        scope.reach === 'city' || (scope.reach !== 'own' && division.startsWith(scope.division))
      if (!reaches(body) || !before.every(reaches))
        throw new Forbidden('out-of-reach', words('该设备不在您的管辖范围', 'The device is outside your area'))
      await registerDevices(work, [{ ...params, ...body } as Device])
      const [device] = await listDevices(work.tx, scope, { ...params, limit: 1 })
      return device
    },
  }),
]

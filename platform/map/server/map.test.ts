import { readFileSync } from 'node:fs'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { indicators } from '#platform/indicators'
import { dataset, field, registry } from '#platform/registry'
import { asOwner, client, type TestApp, testApp } from '#platform/testing'
import { type App, defineModule, StartError, system, visitor, words } from '#runtime'
import { allModules } from '../../../apps/server/modules.ts'
import { maps } from '../contract.ts'
import { toGcj02 } from './gcj02.ts'
import { prepareLayers } from './prepare-layers.ts'

let wells = [well('a', 117.1436, 36.1942, '370902'), well('b', 117.2, 36.0, '370911')]

const pumps = dataset({
  ...{ id: 'demo.pump', title: words('泵站', 'Pumps'), about: words('泵站', 'Pumps'), source: 'city' },
  schema: Type.Object({
    code: field.text(words('编号', 'Code')),
    area: field.division(words('区划', 'Division')),
    place: field.point(words('位置', 'Place')),
    power: field.integer(words('功率', 'Power')),
    keeper: field.text(words('看守人', 'Keeper'), { personal: true }),
  }),
  ...{ key: ['code'], level: 'internal', sharing: 'none', opening: 'closed', retention: 'permanent' },
  ...{ scope: { division: 'area' }, storage: { table: 'demo.pump' } },
})
const pumpLayer = {
  ...{ id: 'demo.pumps', title: words('泵站', 'Pumps'), geometry: 'point' as const, right: 'demo.read' },
  ...{ source: { dataset: 'demo.pump', point: 'place' }, properties: ['power'] },
} as const

/** A system with layers of its own. */
const demo = defineModule({
  id: 'demo',
  title: words('演示', 'Demo'),
  about: words('演示', 'Demo'),
  needs: ['map', 'indicators', 'registry'],
  datasets: [pumps],
  indicators: [
    {
      ...{ id: 'demo.level', title: words('水位', 'Water level'), about: words('水位', 'Water level'), unit: 'm' },
      ...{ period: 'day', dimension: 'division', better: 'lower', decimals: 1, source: 'city', compute: 'demo.level' },
      revision: words('不修订', 'Not revised'),
    },
  ],
  rights: [{ id: 'demo.read', title: words('看', 'See') }],
  layers: [
    {
      ...{ id: 'demo.wells', title: words('井', 'Wells'), geometry: 'point', right: 'demo.read' },
      ...{ source: { hook: 'wells' }, properties: ['name', 'division'], refreshOn: ['demo.well.changed'] },
    },
    pumpLayer,
  ],
  folder: import.meta.dirname,
  server: async () => ({
    server: (app) => {
      app.use(maps).hooks({ wells: async () => wells })
      app.use(indicators).hooks({ compute: { 'demo.level': async () => [] } })
      return {}
    },
  }),
})

let running: TestApp
const cookies = new Map<string, string>()
beforeAll(async () => {
  running = await testApp({ modules: [...allModules, demo] })
  const county = { 'map.boundary.write': 'subtree', 'demo.read': 'subtree' } as const
  const people = {
    steward: { rights: { 'map.boundary.write': 'city' } },
    county: { rights: county, organisation: 'county.370902.government' },
    watcher: { rights: { 'demo.read': 'city', 'map.cockpit.read': 'city' } },
    clerk: {},
  } as const
  for (const [who, options] of Object.entries(people)) cookies.set(who, (await client(running, options)).cookie)
})
afterAll(() => running.stop())

function well(id: string, lng: number, lat: number, division: string) {
  return {
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: [lng, lat] },
    properties: { id, name: id, division, depth: 'not declared' },
  }
}
const measured = (member: string, day: string, value: number | null) => ({
  ...{ member, period: `${day}T00:00:00Z`, value, basis: {} },
})
const call = (who: string, path: string, init: RequestInit = {}) =>
  fetch(running.address + path, {
    ...init,
    headers: {
      ...{ cookie: cookies.get(who) ?? '', 'accept-language': 'en' },
      ...(init.body ? { 'content-type': 'application/json' } : {}),
      ...init.headers,
    },
  })
const save = (who: string, features: unknown[], more = {}) =>
  call(who, '/api/map/boundaries', {
    method: 'POST',
    body: JSON.stringify({ type: 'FeatureCollection', source: 'test survey', features, ...more }),
  })
const square = (code: string, name: string, west: number, south: number, side = 0.02) => {
  const [east, north] = [west + side, south + side]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Feature', properties: { code, name }, geometry: { type: 'Polygon', coordinates: [ring] } }
}
const eventually = async (holds: () => unknown) => {
  for (let tries = 0; tries < 50 && !(await holds()); tries++) await new Promise((go) => setTimeout(go, 100))
  expect(await holds()).toBeTruthy()
}
const idsIn = async (answer: Response) => {
  if (answer.status === 204) return []
  const layer = new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer()))).layers['demo.wells']
  return Array.from({ length: layer?.length ?? 0 }, (_, at) => layer?.feature(at).properties.id)
}
const WELLS = '/api/map/tiles/demo.wells/8/211/100.mvt'

test('the shipped counties are in force, with their source and English names', async () => {
  const rows = await (await call('clerk', '/api/map/boundaries?level=county')).json()
  expect(rows).toHaveLength(6)
  expect(rows[0]).toMatchObject({ code: '370902', name: '泰山区', nameEn: 'Taishan District', review: null })
})

test('a point is found in its county, in the service and over HTTP', async () => {
  expect(running.app.use(maps).divisionAt(117.1436, 36.1942)).toBe('370902')
  const found = await (await call('clerk', '/api/map/division?lng=117.1436&lat=36.1942')).json()
  expect(found.divisions.map(({ code }: { code: string }) => code)).toEqual(['370902', '370900'])
  const outside = await (await call('clerk', '/api/map/division?lng=120&lat=36')).json()
  expect(outside).toEqual({ code: null, divisions: [] })
})

test('nobody sees a map without signing in, and a layer only by its right', async () => {
  expect((await call('nobody', '/api/map/layers')).status).toBe(401)
  const ids = async (who: string) =>
    (await (await call(who, '/api/map/layers')).json()).map(({ id }: { id: string }) => id)
  expect(await ids('clerk')).not.toContain('demo.wells')
  expect(await ids('watcher')).toContain('demo.wells')
  expect((await call('clerk', WELLS)).status).toBe(403)
  expect((await call('clerk', '/api/map/layers/demo.wells/features')).status).toBe(403)
  expect((await call('watcher', '/api/map/tiles/no.such/1/0/0.mvt')).status).toBe(404)
  expect((await call('watcher', '/api/map/tiles/demo.wells/1/2/0.mvt')).status).toBe(422)
})

test('a right that reaches one county shows its features only, and nothing undeclared', async () => {
  expect(await idsIn(await call('watcher', WELLS))).toEqual(['a', 'b'])
  expect(await idsIn(await call('county', WELLS))).toEqual(['a'])
  const { total, features } = await (await call('county', '/api/map/layers/demo.wells/features')).json()
  expect({ total, properties: features[0].properties }).toEqual({
    total: 1,
    properties: { id: 'a', name: 'a', division: '370902' },
  })
})

test('a tile that the browser has is not sent again until an event makes another', async () => {
  const first = await call('watcher', WELLS)
  const tag = first.headers.get('etag') ?? ''
  const again = () => call('watcher', WELLS, { headers: { 'if-none-match': tag } })
  expect((await again()).status).toBe(304)
  wells = [...wells, well('c', 117.0, 36.1, '370911')]
  await running.app.work(visitor, async (work) => work.emit({ topic: 'demo.well.changed', key: 'c' }))
  await eventually(async () => (await again()).status === 200)
  expect(await idsIn(await again())).toEqual(['a', 'b', 'c'])
})

test('a town that is drawn answers for its points at once, and leaves history when drawn again', async () => {
  expect((await save('county', [square('370902001', '岱庙街道', 117.12, 36.19)])).status).toBe(200)
  await eventually(() => running.app.use(maps).divisionAt(117.13, 36.2) === '370902001')
  expect((await save('county', [square('370902001', '岱庙街道', 117.11, 36.19)])).status).toBe(200)
  const history = await (await call('clerk', '/api/map/boundaries/370902001')).json()
  expect(history.map(({ validTo }: { validTo: string | null }) => validTo === null)).toEqual([true, false])
})

test('coordinates of a Chinese web map are put right when they are named as such', async () => {
  const town = square('370902002', '财源街道', 117.16, 36.19)
  const ring = town.geometry.coordinates[0]?.map(([lng = 0, lat = 0]) => toGcj02([lng, lat]))
  const shifted = { ...town, geometry: { type: 'Polygon', coordinates: [ring] } }
  expect((await save('steward', [shifted], { crs: 'gcj02' })).status).toBe(200)
  const [now] = await (await call('clerk', '/api/map/boundaries/370902002')).json()
  expect(now.geometry.coordinates[0][0][0]).toBeCloseTo(117.16, 6)
})

test('a boundary that is wrong is refused with the place of each fault, and nothing of the file is kept', async () => {
  const crossing = square('370902003', '泰前街道', 117.2, 36.2)
  crossing.geometry.coordinates[0]?.splice(1, 2, [117.22, 36.22], [117.22, 36.2])
  const far = square('370902004', '上高街道', 118.5, 36.2)
  const answer = await save('steward', [
    square('370902005', '好', 117.2, 36.24),
    crossing,
    { ...far, properties: { code: 'x' } },
  ])
  expect(answer.status).toBe(422)
  expect((await answer.json()).issues).toEqual([
    { path: '/features/1/geometry/coordinates/0', message: expect.stringMatching(/crosses itself near/) },
    { path: '/features/2/properties/code', message: expect.stringMatching(/6, 9 or 12 digits/) },
    { path: '/features/2/properties/name', message: 'Required' },
  ])
  const misplaced = await (await save('steward', [far, square('370902006', '叠', 117.111, 36.19)])).json()
  expect(misplaced.issues.map(({ message }: { message: string }) => message)).toEqual([
    '100.0 % of 上高街道 lies outside 泰山区; check the coordinate system and the line',
    expect.stringMatching(/^叠 overlaps its neighbour 岱庙街道 by 9/),
  ])
  expect((await call('clerk', '/api/map/boundaries/370902005')).status).toBe(404)
})

test('only a steward draws, and only in his own division', async () => {
  expect((await save('clerk', [square('370902007', '无权', 117.2, 36.2)])).status).toBe(403)
  expect((await save('county', [square('370911001', '邻区', 117.0, 36.0)])).status).toBe(422)
  expect((await call('county', '/api/map/boundaries/370911', { method: 'DELETE' })).status).toBe(403)
})

test('a boundary is ended only after those inside it', async () => {
  const end = (code: string) => call('steward', `/api/map/boundaries/${code}`, { method: 'DELETE' })
  expect((await end('370902')).status).toBe(409)
  expect((await end('370902002')).status).toBe(200)
  expect((await end('370902002')).status).toBe(404)
})

test('the base map asks no other server for anything', async () => {
  const style = await (await call('clerk', '/api/map/style.json?theme=dark&language=en')).json()
  expect(JSON.stringify(style)).not.toMatch(/https?:|glyphs|sprite/)
  expect(style.sources['map.county'].tiles).toEqual(['/api/map/tiles/map.county/{z}/{x}/{y}.mvt'])
})

test('the wall has the newest numbers of the city and its parts, with names, even while a layer cannot be made', async () => {
  const values = [
    measured('3709', '2017-04-10', 1),
    measured('370902', '2017-04-10', 2),
    measured('3709', '2017-04-11', 3),
    measured('370902', '2017-04-11', 4),
    measured('3709', '2017-04-12', null),
  ]
  await running.app.work(system('demo.test'), (work) => running.app.use(indicators).publish(work, 'demo.level', values))
  expect((await call('clerk', '/api/map/cockpit')).status).toBe(403)
  const answer = await (await call('watcher', '/api/map/cockpit')).json()
  const measures = answer.measures.filter(({ id }: { id: string }) => id === 'demo.level')
  expect(measures).toMatchObject([
    {
      ...{ id: 'demo.level', value: 3 },
      parts: [{ member: '370902', name: { zh: '泰山区', en: 'Taishan District' }, value: 4 }],
    },
  ])
  expect(measures[0].trend.map(({ value }: { value: number | null }) => value)).toEqual([1, 3, null])
})

test('officially reviewed counties take the place of the shipped ones, with their review number', async () => {
  const file = new URL('../../../data/boundaries/counties.geojson', import.meta.url)
  const { features } = JSON.parse(readFileSync(file, 'utf8'))
  expect((await save('steward', features, { review: '鲁SG(2026)001号' })).status).toBe(200)
  const rows = await (await call('clerk', '/api/map/boundaries?level=county')).json()
  expect(rows.map(({ review }: { review: string }) => review)).toEqual(Array(6).fill('鲁SG(2026)001号'))
  await eventually(() => running.app.use(maps).divisionAt(117.0, 36.0) === '370911')
})

test('rows of a dataset are on the map by their place, within the reach of the reader', async () => {
  await asOwner(
    running.ownerUrl,
    `create schema demo; grant usage on schema demo to daizong_app;
     create table demo.pump (code text primary key, area text not null, place_lng double precision not null,
       place_lat double precision not null, power bigint not null, keeper text not null);
     select registry.adopt('demo.pump')`,
  )
  const rows = [
    { code: 'p1', area: '370902', place: { lng: 117.1, lat: 36.2 }, power: 5, keeper: '甲' },
    { code: 'p2', area: '370911', place: { lng: 117.2, lat: 36.0 }, power: 7, keeper: '乙' },
  ]
  await running.app.work(system('demo.test'), (work) => running.app.use(registry).write(work, pumps, rows))
  const seen = async (who: string) =>
    (await (await call(who, '/api/map/layers/demo.pumps/features')).json()).features.map(
      ({ properties }: { properties: object }) => properties,
    )
  const p1 = { id: 'p1', power: 5, division: '370902' }
  expect(await seen('county')).toEqual([p1])
  expect(await seen('watcher')).toEqual([p1, { id: 'p2', power: 7, division: '370911' }])
})

test('a layer that would show more than its dataset does stops the start', () => {
  const start = (layer: object) => () =>
    prepareLayers({
      declared: (list: string) =>
        list === 'datasets' ? [{ module: demo, entry: pumps }] : [{ module: demo, entry: { ...pumpLayer, ...layer } }],
    } as unknown as App)
  expect(start({})).not.toThrow()
  expect(start({ properties: ['keeper'] })).toThrow(/personal/)
  expect(start({ right: undefined })).toThrow(/needs a right/)
  expect(start({ source: { dataset: 'demo.pump', point: 'power' } })).toThrow(/no point field/)
  expect(start({ source: { dataset: 'demo.none', point: 'place' } })).toThrow(StartError)
})

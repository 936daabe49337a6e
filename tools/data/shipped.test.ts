import { readFileSync } from 'node:fs'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { Feature, MultiPolygon } from 'geojson'
import { describe, expect, test } from 'vitest'
import { fromGcj02 } from '../../platform/map/server/gcj02.ts'
import { readCsv } from './csv.ts'

type Area = Feature<MultiPolygon, { code: string; name: string }>

function areas(name: string): Area[] {
  return JSON.parse(readFileSync(`data/boundaries/${name}.geojson`, 'utf8')).features
}

/** Area in km² on the authalic sphere, holes subtracted. */
function squareKilometres(area: Area): number {
  const rad = Math.PI / 180
  const sum = (ring: number[][]): number =>
    ring.slice(1).reduce((total, [lng = 0, lat = 0], at) => {
      const [lng0 = 0, lat0 = 0] = ring[at] ?? []
      return total + (lng - lng0) * rad * (2 + Math.sin(lat0 * rad) + Math.sin(lat * rad))
    }, 0)
  const square = (ring: number[][]): number => (Math.abs(sum(ring)) / 2) * 6371.0072 ** 2
  return area.geometry.coordinates
    .map(([outer = [], ...holes]) => holes.reduce((left, hole) => left - square(hole), square(outer)))
    .reduce((total, part) => total + part, 0)
}

/** How many areas use each edge, whatever its direction. */
function edgeUse(list: Area[]): Map<string, number> {
  const use = new Map<string, number>()
  for (const ring of list.flatMap((area) => area.geometry.coordinates.flat())) {
    ring.slice(1).forEach((to, at) => {
      const key = [String(ring[at]), String(to)].sort().join(' ')
      use.set(key, (use.get(key) ?? 0) + 1)
    })
  }
  return use
}

describe('divisions', () => {
  const files = ['provinces', 'shandong-cities', 'shandong-counties', 'taian-counties', 'taian-towns', 'taian-villages']
  const rows = files.map((file) => readCsv(`data/divisions/${file}.csv`))

  test('Tai’an has 6 counties, 88 towns and 3782 villages', () => {
    expect(rows.map((list) => list.length)).toEqual([31, 16, 151, 6, 88, 3782])
  })

  test('every town and village has an English name', () => {
    const named = new Map(readCsv('data/divisions/english-names.csv').map(({ code, name }) => [code, name]))
    for (const { code = '', name } of rows.slice(4).flat())
      expect(named.get(code), name).toMatch(/^[A-Z][A-Za-z0-9’ ]+$/)
  })

  test('every parent exists and the length of a code says its level', () => {
    const codes = new Set(rows.flat().map((row) => row.code))
    const width: Record<string, number> = { province: 6, city: 6, county: 6, town: 9, village: 12 }
    for (const { code = '', parent = '', level = '' } of rows.flat()) {
      expect(code).toHaveLength(width[level] ?? 0)
      if (level !== 'province') expect(codes.has(parent), `${code} ${parent}`).toBe(true)
    }
  })
})

describe('organisations', () => {
  const { units } = JSON.parse(readFileSync('data/organisations/taian.json', 'utf8'))
  const { tasks } = JSON.parse(readFileSync('data/plan/tasks.json', 'utf8'))
  const ids: string[] = units.map((unit: { id: string }) => unit.id)

  test('ids are unique and every parent is a unit', () => {
    expect(new Set(ids).size).toBe(ids.length)
    for (const unit of units) expect(unit.parent === null || ids.includes(unit.parent), unit.id).toBe(true)
  })

  test('eighteen tasks are led by units of the tree', () => {
    expect(tasks.map((task: { task: number }) => task.task)).toEqual(Array.from({ length: 18 }, (_, at) => at + 1))
    for (const lead of tasks.flatMap((task: { leads: string[] }) => task.leads)) expect(ids).toContain(lead)
  })
})

describe('boundaries', () => {
  test('the six counties sum to the official area of 7762 km² within half a per cent', () => {
    const counties = areas('counties')
    expect(counties.map((area) => area.properties.code).sort()).toEqual(
      readCsv('data/divisions/taian-counties.csv').map((row) => row.code),
    )
    const total = counties.reduce((sum, area) => sum + squareKilometres(area), 0)
    expect(Math.abs(total / 7762 - 1)).toBeLessThan(0.005)
  })

  test('neighbours share their edges exactly: no edge is used more than twice and inner edges are used twice', () => {
    for (const name of ['cities', 'counties']) {
      const use = [...edgeUse(areas(name)).values()]
      expect(Math.max(...use)).toBe(2)
      expect(use.filter((count) => count === 2).length / use.length, name).toBeGreaterThan(0.3)
    }
  })

  test('a point on the ground falls into its county: the seat of Ningyang', () => {
    const hit = areas('counties').filter((area) => booleanPointInPolygon(fromGcj02([116.8058, 35.7588]), area))
    expect(hit.map((area) => area.properties.name)).toEqual(['宁阳县'])
  })
})

describe('air quality', () => {
  const stations = readCsv('data/air-quality/stations.csv')

  test('every national station lies in the city it is filed under', () => {
    const cities = areas('cities')
    const stray = stations.filter(({ lng, lat, city_code }) => {
      const inside = cities.filter((area) => booleanPointInPolygon([Number(lng), Number(lat)], area))
      return !inside.some((area) => area.properties.code === city_code)
    })
    expect(stray).toEqual([])
  })

  test('the corrected ozone maximum is never below the hourly value, nor the 8 h maximum below the 8 h mean', () => {
    const rows = readCsv('data/air-quality/snapshot-shandong.csv').filter((row) => row.o3_1h !== '' && row.o3_8h !== '')
    expect(rows.length).toBeGreaterThan(130)
    for (const row of rows) {
      expect(Number(row.o3_1h_max_24h)).toBeGreaterThanOrEqual(Number(row.o3_1h))
      expect(Number(row.o3_8h_max_24h)).toBeGreaterThanOrEqual(Number(row.o3_8h))
    }
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FeatureCollection } from 'geojson'
import { type App, type Db, system, tables } from '#runtime'
import { type BoundaryInput, lockBoundaries, readFeatures, storeBoundaries } from './save-boundaries.ts'
import type { MapTables } from './tables.ts'

const FOLDER = join(import.meta.dirname, '../../../data/boundaries')
const FILES = ['cities.geojson', 'counties.geojson']
const SOURCE = 'DataV.GeoAtlas (AMap), WGS 84'

/** Puts the boundaries that ship with the product in force, where there are none yet. */
export async function seedBoundaries(app: App): Promise<void> {
  if (await hasAny(app.db)) return
  await app.work(system('map.seed'), async (work) => {
    await lockBoundaries(work)
    if (await hasAny(work.tx)) return
    for (const input of shippedBoundaries()) await storeBoundaries(work, input, readFeatures(input, ''))
  })
}

/** The boundaries that ship, from the largest to the smallest. */
export function shippedBoundaries(): readonly BoundaryInput[] {
  const names = englishNames()
  return FILES.map((file) => join(FOLDER, file))
    .filter((path) => existsSync(path))
    .map((path) => {
      const { features } = JSON.parse(readFileSync(path, 'utf8')) as FeatureCollection
      for (const { properties } of features) if (properties) properties.name_en ??= names.get(properties.code)
      return { features, source: SOURCE, crs: 'wgs84' }
    })
}

async function hasAny(db: Db): Promise<boolean> {
  const row = await tables<MapTables>(db).selectFrom('map.boundary').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

function englishNames(): ReadonlyMap<string, string> {
  const path = join(FOLDER, 'english-names.csv')
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').slice(1) : []
  return new Map(lines.map((line) => line.split(',') as [string, string]))
}

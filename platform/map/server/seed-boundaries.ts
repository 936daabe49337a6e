import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FeatureCollection } from 'geojson'
import { type App, system, tables } from '#runtime'
import { saveBoundaries } from './save-boundaries.ts'
import type { MapTables } from './tables.ts'

const FOLDER = join(import.meta.dirname, '../../../data/boundaries')
const FILES = ['cities.geojson', 'counties.geojson']

/** Puts the boundaries that ship with the product in force, where there are none yet. */
export async function seedBoundaries(app: App): Promise<void> {
  if (await hasAny(app)) return
  for (const file of FILES) {
    const path = join(FOLDER, file)
    if (!existsSync(path)) continue
    const { features } = JSON.parse(readFileSync(path, 'utf8')) as FeatureCollection
    const source = 'DataV.GeoAtlas（高德），坐标转为 WGS 84，仅供内部使用'
    await app.work(system('map.seed'), (work) => saveBoundaries(work, { features, source, crs: 'wgs84' }, ''))
  }
}

async function hasAny(app: App): Promise<boolean> {
  const row = await tables<MapTables>(app.db).selectFrom('map.boundary').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

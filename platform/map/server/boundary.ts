import { type Db, tables } from '#runtime'
import type { Level } from '../layer.ts'
import type { Box, MapTables, Shape } from './tables.ts'

/** A boundary in force. */
export interface Boundary {
  readonly code: string
  readonly level: Level
  readonly name: string
  readonly nameEn: string | null
  readonly geometry: Shape
  readonly bbox: Box
}

export const LEVELS: readonly Level[] = ['city', 'county', 'town', 'village', 'grid']

/** Length of a code at each level; a shorter one contains it. */
const CODE_LENGTH: Readonly<Record<Level, number>> = { city: 6, county: 6, town: 9, village: 12, grid: 15 }

/** Level that a code's form tells; six digits are a city if they end in `00`. */
export function levelOf(code: string): Level | undefined {
  if (!/^\d+$/.test(code)) return undefined
  if (code.length === 6) return code.endsWith('00') ? 'city' : 'county'
  return LEVELS.slice(2).find((level) => CODE_LENGTH[level] === code.length)
}

/** Codes that contain this one, nearest first: village 370902001001 → 370902001, 370902, 370900. */
export function ancestorsOf(code: string): string[] {
  const shorter = [12, 9, 6].filter((length) => length < code.length).map((length) => code.slice(0, length))
  const city = `${code.slice(0, 4)}00`
  return code === city ? [] : [...shorter, city]
}

/** Every boundary in force, widest level first. */
export async function boundariesInForce(db: Db): Promise<Boundary[]> {
  const rows = await tables<MapTables>(db)
    .selectFrom('map.boundary')
    .select(['code', 'level', 'name', 'name_en', 'geometry', 'bbox'])
    .where('valid_to', 'is', null)
    .orderBy('code')
    .execute()
  return rows
    .map(({ name_en, ...row }) => ({ ...row, nameEn: name_en }))
    .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
}

export const ringsOf = (shape: Shape) => (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates).flat()

export function boxOf(shape: Shape): Box {
  const box: Box = [180, 90, -180, -90]
  for (const ring of ringsOf(shape))
    for (const [lng = 0, lat = 0] of ring) {
      box[0] = Math.min(box[0], lng)
      box[1] = Math.min(box[1], lat)
      box[2] = Math.max(box[2], lng)
      box[3] = Math.max(box[3], lat)
    }
  return box
}

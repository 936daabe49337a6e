import type { MultiPolygon, Polygon } from 'geojson'
import type { ColumnType, Generated } from 'kysely'
import type { Level } from '../layer.ts'

export type Shape = Polygon | MultiPolygon
/** West, south, east, north in degrees. */
export type Box = [number, number, number, number]

export interface MapTables {
  'map.boundary': {
    id: Generated<number>
    code: string
    level: Level
    name: string
    name_en: string | null
    geometry: ColumnType<Shape, string, never>
    bbox: Box
    source: string
    review: string | null
    saved_by: string
    valid_from: Date
    valid_to: Date | null
  }
}

import type { Words } from '../../runtime/words.ts'

/** A boundary as `GET /api/map/boundaries` tells it. */
export interface BoundaryRow {
  readonly code: string
  readonly level: BoundaryLevel
  readonly name: string
  readonly nameEn: string | null
  readonly source: string
  readonly review: string | null
  readonly validFrom: string
  readonly validTo: string | null
}

export type BoundaryLevel = 'city' | 'county' | 'town' | 'village' | 'grid'

export const LEVEL_WORDS: Readonly<Record<BoundaryLevel, Words>> = {
  city: { zh: '市', en: 'City' },
  county: { zh: '县（市、区）', en: 'County' },
  town: { zh: '乡镇（街道）', en: 'Town' },
  village: { zh: '村（社区）', en: 'Village' },
  grid: { zh: '网格', en: 'Grid' },
}

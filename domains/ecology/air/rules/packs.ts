import { airScreens } from './air-screens.ts'
import { cityRanking2018 } from './city-ranking-2018.ts'
import { gb3095v2012 } from './gb3095-2012.ts'
import { gb3095v2026Final, gb3095v2026Transitional } from './gb3095-2026.ts'
import { hj633v2012 } from './hj633-2012.ts'
import { hj633v2026 } from './hj633-2026.ts'
import { hj663v2013 } from './hj663-2013.ts'

export const INDEX_PACKS = [hj633v2012, hj633v2026] as const
export const LIMIT_PACKS = [gb3095v2012, gb3095v2026Transitional, gb3095v2026Final] as const
export const ANNUAL_PACKS = [hj663v2013] as const
export const RANKING_PACKS = [cityRanking2018] as const
export const SCREEN_PACKS = [airScreens] as const

interface Dated {
  readonly validFrom: string
  readonly validTo: string | null
}

/** The pack in force on a day (`YYYY-MM-DD`, or longer: only the date counts); undefined before the first or after the last. */
export function findPackAt<P extends Dated>(packs: readonly P[], day: string): P | undefined {
  const date = day.slice(0, 10)
  return packs.find((pack) => pack.validFrom <= date && (pack.validTo === null || date <= pack.validTo))
}

import { Random } from './random.ts'
import { COUNTIES, COUNTY_RESIDENTS, TOWNS, VILLAGES } from './tables.ts'

/** Firms and own businesses a resident: 0.7 million for 5.4 million. */
const FIRMS_EACH = 0.7 / 5.4
const SMALLEST_BLOCK = 3000
const LARGEST_BLOCK = 27_000
const URBAN_WEIGHT = 3.2

export interface Village {
  /** Twelve digits of the statistical division code. */
  readonly code: string
  readonly name: string
  readonly town: string
  readonly county: string
  readonly countyCode: string
  /** A residents' committee, not a villagers' one. */
  readonly urban: boolean
  readonly residents: number
  readonly firms: number
  /** Firms of all villages before it. */
  readonly firmsBefore: number
}

/** Neighbouring villages of one county that are made together; people of one block work, marry and own within it. */
export interface BlockPlan {
  readonly index: number
  readonly countyCode: string
  readonly county: string
  readonly villages: readonly Village[]
}

export interface CityPlan {
  readonly residents: number
  readonly seed: number
  readonly firms: number
  readonly villages: readonly Village[]
  readonly blocks: readonly BlockPlan[]
}

export interface CityOptions {
  /** Living residents, 1,000 to 6,000,000. */
  readonly residents: number
  /** Whole number, 0 to 4294967295. */
  readonly seed: number
}

/** Shares residents and firms out over the real villages. The same options always give the same plan, in milliseconds. */
export function cityPlan({ residents, seed }: CityOptions): CityPlan {
  if (!Number.isInteger(residents) || residents < 1000 || residents > 6_000_000)
    throw new RangeError('residents is a whole number from 1000 to 6000000')
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new RangeError('seed is a whole number from 0 to 4294967295')
  const firms = Math.round(residents * FIRMS_EACH)
  const villages = shareOut(residents, firms, seed)
  return { residents, seed, firms, villages, blocks: blocksOf(villages, residents) }
}

function shareOut(residents: number, firms: number, seed: number): Village[] {
  const towns = new Map(TOWNS.map((town) => [town.code ?? '', town]))
  const counties = new Map(COUNTIES.map((county) => [county.code ?? '', county.name ?? '']))
  const drafts = VILLAGES.map((row, index) => {
    const code = row.code ?? ''
    const town = towns.get(row.parent ?? '')
    const urban = /社区|居委会|居民/.test(row.name ?? '')
    const weight = (urban ? URBAN_WEIGHT : 1) * Math.exp(0.45 * new Random(seed, 1, index).normal())
    const name = (row.name ?? '').replace(/(居民委员会|村民委员会|居委会|村委会|委员会)$/, '') || code
    return { code, name, town: town?.name ?? '', countyCode: code.slice(0, 6), urban, weight }
  })
  const sums = new Map<string, number>()
  for (const { countyCode, weight } of drafts) sums.set(countyCode, (sums.get(countyCode) ?? 0) + weight)
  const city = [...COUNTY_RESIDENTS.values()].reduce((sum, one) => sum + one, 0)
  let [share, givenResidents, givenFirms] = [0, 0, 0]
  return drafts.map(({ weight, ...village }) => {
    share += ((COUNTY_RESIDENTS.get(village.countyCode) ?? 0) / city) * (weight / (sums.get(village.countyCode) ?? 1))
    const [people, businesses] = [Math.round(residents * share), Math.round(firms * share)]
    const made = {
      ...village,
      county: counties.get(village.countyCode) ?? '',
      residents: people - givenResidents,
      firms: businesses - givenFirms,
      firmsBefore: givenFirms,
    }
    ;[givenResidents, givenFirms] = [people, businesses]
    return made
  })
}

function blocksOf(villages: readonly Village[], residents: number): BlockPlan[] {
  const wanted = Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, residents / 200))
  const blocks: { index: number; countyCode: string; county: string; villages: Village[] }[] = []
  let filled = 0
  for (const village of villages) {
    const open = blocks.at(-1)
    if (open && open.countyCode === village.countyCode && filled < wanted) {
      open.villages.push(village)
      filled += village.residents
    } else {
      blocks.push({ index: blocks.length, countyCode: village.countyCode, county: village.county, villages: [village] })
      filled = village.residents
    }
  }
  return blocks
}

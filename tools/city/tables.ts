import { join } from 'node:path'
import { readCsv } from '../data/csv.ts'
import { cumulate } from './random.ts'

const DATA = join(import.meta.dirname, '../../data')
const rows = (name: string) => readCsv(join(DATA, name))

export interface Era {
  /** Born in this year or before. */
  readonly until: number
  readonly sex: Sex
  readonly single: number
  readonly characters: readonly string[]
}

/** GB/T 2261.1: 1 man, 2 woman. */
export type Sex = 1 | 2

export interface Industry {
  readonly division: string
  readonly section: string
  /** Classes of four digits within the division. */
  readonly classes: readonly string[]
  /** Median of the staff. */
  readonly size: number
  readonly words: readonly string[]
}

const surnames = rows('city/surnames.csv')
export const SURNAMES = surnames.map((row) => row.surname ?? '')
export const SURNAME_WEIGHTS = cumulate(surnames.map((row) => Number(row.percent)))

export const ERAS: readonly Era[] = rows('city/given-names.csv').map((row) => ({
  until: Number(row.until),
  sex: row.sex === '1' ? 1 : 2,
  single: Number(row.single),
  characters: [...(row.characters ?? '')],
}))

export const RARE = rows('city/rare-characters.csv').map((row) => row.character ?? '')
export const TRANSCRIBED = rows('city/transcribed-names.csv').map((row) => ({
  nation: row.nation ?? '',
  name: row.name ?? '',
  father: row.father ?? '',
}))

/** A character and those it is confused with. */
export const LOOK_ALIKES: ReadonlyMap<string, readonly string[]> = new Map(
  rows('city/look-alikes.csv').flatMap((row) => {
    const group = [...(row.group ?? '')]
    return group.map((one) => [one, group.filter((other) => other !== one)] as const)
  }),
)

const codes = rows('codes/industry.csv')
const groups = new Map(codes.filter((row) => row.level === '3').map((row) => [row.code, row.parent]))
const sections = new Map(codes.filter((row) => row.level === '2').map((row) => [row.code, row.parent]))
const industries = rows('city/industries.csv')

export const INDUSTRIES: readonly Industry[] = industries.map((row) => ({
  division: row.division ?? '',
  section: sections.get(row.division ?? '') ?? '',
  classes: codes
    .filter((code) => code.level === '4' && groups.get(code.parent ?? '') === row.division)
    .map((code) => code.code ?? ''),
  size: Number(row.size),
  words: (row.words ?? '').split(' '),
}))
export const INDUSTRY_WEIGHTS = cumulate(industries.map((row) => Number(row.share)))

export const COUNTY_RESIDENTS = new Map(
  rows('city/counties.csv').map((row) => [row.code ?? '', Number(row.population)]),
)
export const COUNTIES = rows('divisions/taian-counties.csv')
export const TOWNS = rows('divisions/taian-towns.csv')
export const VILLAGES = rows('divisions/taian-villages.csv')
/** Counties of Shandong outside Tai'an, without the zones that only statistics treat like counties. */
export const OTHER_COUNTIES = rows('divisions/shandong-counties.csv')
  .map((row) => row.code ?? '')
  .filter((code) => !code.startsWith('3709') && !/^....7[1-9]$/.test(code))

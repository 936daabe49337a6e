import type { RulePack } from '#platform/rules'
import type { Words } from '#runtime'

/** The six pollutants of the index. Concentrations are µg/m³, CO mg/m³, everywhere in this system. */
export type Pollutant = 'so2' | 'no2' | 'co' | 'o3' | 'pm10' | 'pm25'

export const POLLUTANTS: readonly Pollutant[] = ['so2', 'no2', 'co', 'o3', 'pm10', 'pm25']

/** One concentration a pollutant; null or absent = missing. */
export type Values = Readonly<Partial<Record<Pollutant, number | null>>>

export type Title = Words

/** Which pack made a result. */
export interface PackRef {
  readonly id: string
}

/** A break-point column: pollutant and averaging period. */
export type Column =
  | 'so2_24h'
  | 'so2_1h'
  | 'no2_24h'
  | 'no2_1h'
  | 'co_24h'
  | 'co_1h'
  | 'o3_8h'
  | 'o3_1h'
  | 'pm10_24h'
  | 'pm25_24h'

/** What happens above the last break point of a column: a fixed sub-index, or the same pollutant's other period on its own column. */
export type BeyondRule =
  | { readonly rule: 'fixed'; readonly iaqi: number }
  | { readonly rule: 'column'; readonly column: Column }

export interface IndexLevel {
  readonly level: number
  /** Highest AQI of the level; null = open. */
  readonly upTo: number | null
  readonly title: Title
  readonly colour: Title
  readonly rgb: readonly [number, number, number]
}

export interface IndexTables {
  /** Sub-index at each break point, from 0. */
  readonly iaqi: readonly number[]
  /** Concentrations at those break points; a shorter list ends earlier. */
  readonly breakpoints: Readonly<Record<Column, readonly number[]>>
  /** Decimals to which a concentration is rounded (GB/T 8170) before the index is computed. */
  readonly decimals: Readonly<Record<Pollutant, number>>
  readonly hourly: Readonly<Record<Pollutant, Column>>
  readonly daily: Readonly<Record<Pollutant, Column>>
  /** Columns without an entry are capped at the last sub-index. */
  readonly beyond: Readonly<Partial<Record<Column, BeyondRule>>>
  /** A primary pollutant exists only above this AQI. */
  readonly primaryAbove: number
  /** A pollutant whose sub-index is above this exceeds the standard. */
  readonly exceedingAbove: number
  /** With a pollutant missing, the index is published only above this value; null = published from what is there. */
  readonly incompleteAbove: number | null
  readonly levels: readonly IndexLevel[]
}

export interface IndexFacts {
  readonly kind: 'hourly' | 'daily'
  readonly values: Values
  readonly fallback?: Values
}

export type IndexPack = RulePack<IndexTables, IndexFacts>

export type LimitPeriod = 'year' | '24h' | '8h' | '1h'

/** Class 1 and class 2 limit. */
export type LimitPair = readonly [class1: number, class2: number]

/** Least numbers of values that make a mean valid. */
export interface ValidityTable {
  readonly dayHours: number
  readonly eightHourHours: number
  readonly dayEightHours: number
  /** Hours of the day at which the first and last 8 h window of a day end. */
  readonly eightHourEnds: readonly [first: number, last: number]
  readonly monthDays: number
  readonly februaryDays: number
  readonly yearDays: number
}

export interface LimitTables {
  readonly limits: Readonly<Record<Pollutant, Readonly<Partial<Record<LimitPeriod, LimitPair>>>>>
  /** Limits of pollutants outside the index. */
  readonly others: Readonly<Record<string, Readonly<Partial<Record<LimitPeriod | 'season', LimitPair>>>>>
  readonly validity: ValidityTable
}

export interface LimitFacts {
  readonly pollutant: Pollutant
  readonly period: LimitPeriod
  readonly value: number
}

export type LimitPack = RulePack<LimitTables, LimitFacts>

export interface AnnualItem {
  readonly pollutant: Pollutant
  readonly statistic: 'mean' | 'percentile'
  /** Per cent; null for a mean. */
  readonly percentile: number | null
  readonly limit: LimitPeriod
}

export interface AnnualTables {
  readonly items: readonly AnnualItem[]
  readonly decimals: Readonly<Record<Pollutant, number>>
  /** Decimals of the exceedance multiple (C−S)/S. */
  readonly multipleDecimals: number
}

export interface PercentileFacts {
  readonly values: readonly number[]
  readonly percentile: number
  readonly decimals: number
}

export type AnnualPack = RulePack<AnnualTables, PercentileFacts>

export interface RankingTables {
  readonly items: readonly AnnualItem[]
  readonly decimals: number
}

/** `limits`: pack of GB 3095 whose class 2 limits divide. */
export interface RankingFacts {
  readonly values: Values
  readonly limits: string
}

export type RankingPack = RulePack<RankingTables, RankingFacts>

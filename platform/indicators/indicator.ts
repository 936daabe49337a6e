import type { App, Words } from '#runtime'

/** A measure [指标] over datasets, series or loops. */
export interface Indicator {
  /** `<module>.<measure>`, e.g. `air.aqi.hourly`. */
  readonly id: string
  readonly title: Words
  readonly about: Words
  /** UCUM unit, `1` for an index. */
  readonly unit: string
  readonly period: 'hour' | 'day' | 'month' | 'quarter' | 'year'
  /** What a value is of, e.g. `air.station` rows or divisions. */
  readonly dimension: { readonly dataset: string } | 'division' | 'organisation' | 'city'
  /** Which way is good; colours and rankings follow. */
  readonly better: 'higher' | 'lower' | 'neither'
  /** How values change after their first publication. */
  readonly revision: Words
  /** Who publishes it. */
  readonly source: string
  readonly decimals: number
  /**
   * Hook that computes values for a span, run on demand and again for revisions by `Indicators.compute`; or what is counted
   * over the rows of a dataset, which the platform does every night and after changes.
   */
  readonly compute: string | OverRows
  /** Page that shows what a value is made of; `{member}`, `{period}` are filled in. */
  readonly drill?: string
}

/** Counted over the rows of a dataset as they are, in DuckDB's SQL over the columns of its copy (`#platform/analytics`). */
export interface OverRows {
  readonly dataset: string
  /** An aggregate, e.g. `count(*)`. */
  readonly value: string
  /** Which rows; all unless said. */
  readonly where?: string
  /** The member that a row belongs to, e.g. `left(division, 6)`; null for none. Absent where the measure is of the city. */
  readonly member?: string
}

/** One value as computed; the store adds the vintage. */
export interface Measured {
  /** Key of the dimension's member, e.g. station `1656A`, division `370902`. */
  readonly member: string
  /** Start of the period, ISO instant. */
  readonly period: string
  /** Null says "not available", with the reason in `basis`. */
  readonly value: number | null
  /** What it was made of and by which rule pack: canonical JSON, shown on drill-down. */
  readonly basis: Readonly<Record<string, unknown>>
}

/** Computes an indicator for the periods from–to (start inclusive, end exclusive), for all members or those named. */
export type Compute = (
  app: App,
  span: { readonly from: Date; readonly to: Date; readonly members?: readonly string[] },
) => Promise<readonly Measured[]>

/** What a measure is of. */
export interface Member {
  readonly id: string
  readonly title: Words
}

/** Lists the members of a dimension, for names in lists and charts. */
export type Members = (app: App) => Promise<readonly Member[]>

/**
 * When a measure calls for action [预警]. The newest periods of a member decide: the gravest level that held for its
 * number of consecutive periods. A period without a value neither raises nor clears.
 */
export interface WarningRule {
  readonly id: string
  readonly title: Words
  readonly indicator: string
  /** From the mildest to the gravest; the gravest that holds is the level. */
  readonly levels: readonly WarningLevel[]
  /** Loop to open, once for each member while the warning lasts. */
  readonly loop: string
  /** Hook of the declaring module that makes the loop's data from the warning. */
  readonly data: string
  /** Consecutive periods below the mildest level before it clears; 1 unless said. */
  readonly clearAfter?: number
  /** Seconds after its beginning past which a period raises nothing, so that filled-in history calls nobody. */
  readonly fresh?: number
}

export interface WarningLevel {
  readonly level: 'blue' | 'yellow' | 'orange' | 'red'
  /** Holds at or above this value; at or below it where higher is better. */
  readonly threshold: number
  /** For at least so many consecutive periods. */
  readonly periods: number
  /** The rule pack or scheme the number is from. */
  readonly source: string
}

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly indicators?: readonly Indicator[]
    readonly warnings?: readonly WarningRule[]
  }
}

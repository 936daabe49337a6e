import { service, type Work } from '#runtime'
import type { Compute, Indicator, Measured, Members, WarningLevel } from './indicator.ts'

export type { Compute, Indicator, Measured, Member, Members, OverRows, WarningLevel, WarningRule } from './indicator.ts'

/** A warning while it lasts. */
export interface Warning {
  readonly id: string
  readonly rule: string
  readonly indicator: string
  readonly member: string
  /** It rises and falls with the measure. */
  readonly level: WarningLevel['level']
  readonly openedAt: Date
  readonly clearedAt: Date | null
  readonly loop: string | null
  /** The values that made its present level, oldest first. */
  readonly evidence: readonly Measured[]
}

/** Makes the loop's data from a warning. */
export type WarningData = (work: Work, warning: Warning) => Promise<Readonly<Record<string, unknown>>>

/** A value as known at an instant. */
export type KnownValue = Measured & { readonly vintage: Date }

/**
 * Events: `indicators.values.published` (key: the indicator; data `{ members, from, to }`, ISO instants of the first and
 * last period), `indicators.warning.opened`, `.raised`, `.lowered` and `.cleared` (key: the warning; data
 * `{ rule, member, level, loop }`). A cleared warning signals its loop `warning-cleared`.
 */
export interface Indicators {
  /** Registers what the declarations name; called while the module's server part is made. @throws StartError for a name taken */
  hooks(hooks: {
    readonly compute?: Readonly<Record<string, Compute>>
    readonly data?: Readonly<Record<string, WarningData>>
    /** By dataset of a dimension, or `division`, `organisation`. Devices of `sensing` need none. */
    readonly members?: Readonly<Record<string, Members>>
  }): void
  /**
   * Stores values as a new vintage where value or basis differ from the last, checks thresholds, raises and clears
   * warnings. The same values twice change nothing. @throws NotFound (indicator), InvalidInput (not a number, no instant)
   */
  publish(work: Work, indicator: string, values: readonly Measured[]): Promise<{ readonly changed: number }>
  /**
   * Computes a span with the indicator's hook and publishes it, in a job soon after this unit of work. What is counted over
   * rows is counted for the period under way alone, since rows are known as they are.
   */
  compute(
    work: Work,
    indicator: string,
    span: { readonly from: Date; readonly to: Date; readonly members?: readonly string[] },
  ): void
  /**
   * Values of the periods from–to (start inclusive, end exclusive) as known at `asOf` (now unless said), oldest period
   * first; the newest 10,000.
   */
  values(
    indicator: string,
    query: { readonly members?: readonly string[]; readonly from: Date; readonly to: Date; readonly asOf?: Date },
  ): Promise<readonly KnownValue[]>
  /** Measures counted over the rows of a dataset, with the columns that each is made of. */
  over(dataset: string): readonly { readonly indicator: Indicator; readonly fields: readonly string[] }[]
  /** Warnings that last now, newest first. */
  openWarnings(query: { readonly rule?: string; readonly member?: string }): Promise<readonly Warning[]>
}
export const indicators = service<Indicators>('indicators')

import { service, type Work } from '#runtime'
import type { Compute, Measured } from './indicator.ts'

export type { Compute, Indicator, Measured, WarningLevel, WarningRule } from './indicator.ts'

/** A warning while it lasts. */
export interface Warning {
  readonly id: string
  readonly rule: string
  readonly indicator: string
  readonly member: string
  readonly level: 'blue' | 'yellow' | 'orange' | 'red'
  readonly openedAt: Date
  readonly clearedAt: Date | null
  readonly loop: string | null
  /** The values that raised it. */
  readonly evidence: readonly Measured[]
}

/** Makes the loop's data from a warning. */
export type WarningData = (work: Work, warning: Warning) => Promise<Readonly<Record<string, unknown>>>

export interface Indicators {
  /** Registers what the declarations name; called while the module's server part is made. */
  hooks(hooks: {
    readonly compute?: Readonly<Record<string, Compute>>
    readonly data?: Readonly<Record<string, WarningData>>
  }): void
  /** Stores values as a new vintage where they differ from the last, checks thresholds, raises and clears warnings. */
  publish(work: Work, indicator: string, values: readonly Measured[]): Promise<{ readonly changed: number }>
  /** Values as known at `asOf` (now unless said), newest period last, at most 10,000. */
  values(
    indicator: string,
    query: { readonly members?: readonly string[]; readonly from: Date; readonly to: Date; readonly asOf?: Date },
  ): Promise<readonly (Measured & { readonly vintage: Date })[]>
  /** Warnings that last now. */
  openWarnings(query: { readonly rule?: string; readonly member?: string }): Promise<readonly Warning[]>
}
export const indicators = service<Indicators>('indicators')

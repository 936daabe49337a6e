import type { Words } from '#runtime'

/**
 * A kind of time series: what devices of a class send. Raw, validated and published values are kept apart; a flag is
 * never overwritten, only added to.
 */
export interface SeriesKind {
  /** `<module>.<noun>`, e.g. `air.hourly`. */
  readonly id: string
  readonly title: Words
  /** Class of the devices that send it, e.g. `air.station`; several kinds may share one. */
  readonly devices: string
  /** What is measured; the short id goes into the store. */
  readonly channels: readonly Channel[]
  /** Seconds between values, 3600 for hourly: instants must lie on this grid of Beijing time. 0: at any instant. */
  readonly interval: number
  /** Seconds that a clock of a device may be ahead, and the age past which a value is refused. */
  readonly accept: { readonly ahead: number; readonly age: number }
  /** Readings that one device may send a minute, averaged over an hour; 600 for each channel unless said. */
  readonly perMinute?: number
  /** Roll-ups that the store keeps; `month` needs `day`. */
  readonly rollups: readonly ('hour' | 'day' | 'month')[]
  /** Device that is silent for so many seconds counts as off line. */
  readonly silence: number
}

export interface Channel {
  readonly id: string
  readonly title: Words
  /** UCUM unit. */
  readonly unit: string
  readonly decimals: number
  /** Values outside are kept raw and flagged `range`; never published. */
  readonly range: { readonly min: number; readonly max: number }
}

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly series?: readonly SeriesKind[]
  }
}

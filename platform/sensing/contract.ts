import { service, type Work } from '#runtime'

export type { Channel, SeriesKind } from './series.ts'

/** Kept apart for good: as sent, as accepted by checks, as made public. */
export type Stage = 'raw' | 'valid' | 'published'

/** One value; `value` null says that the device reported it missing. */
export interface Reading {
  readonly device: string
  readonly channel: string
  /** Start of the interval, instant. */
  readonly at: Date
  readonly value: number | null
  /** Marks given by the device or a check, e.g. `range`, `flat`, `manual`. */
  readonly flags?: readonly string[]
}

/** What became of a batch; refused readings are kept with their reason. */
export interface Intake {
  readonly accepted: number
  /** The same value at the same place was there already. */
  readonly repeated: number
  readonly refused: readonly {
    readonly index: number
    readonly code: 'unknown-device' | 'unknown-channel' | 'too-old' | 'ahead' | 'not-a-number' | 'changed'
  }[]
}

export interface SeriesQuery {
  readonly kind: string
  readonly stage: Stage
  readonly devices: readonly string[]
  readonly channels?: readonly string[]
  readonly from: Date
  readonly to: Date
  /** Values as stored, or means of a roll-up. */
  readonly step?: 'value' | 'hour' | 'day' | 'month'
}

/** A column of a query's answer: instants in milliseconds and values, same length. */
export interface SeriesColumn {
  readonly device: string
  readonly channel: string
  readonly at: readonly number[]
  readonly value: readonly (number | null)[]
  readonly flags: readonly (readonly string[])[]
}

export interface Sensing {
  /** Takes readings in; the same batch twice changes nothing. A new value for an old place is kept beside it, flagged. */
  take(work: Work, kind: string, readings: readonly Reading[]): Promise<Intake>
  /** Writes values of a later stage (from checks or publication), with flags added. */
  settle(work: Work, kind: string, stage: 'valid' | 'published', readings: readonly Reading[]): Promise<void>
  /** Adds a flag to values of a stage; never removes one. */
  flag(
    work: Work,
    kind: string,
    stage: Stage,
    marks: readonly { readonly device: string; readonly channel: string; readonly at: Date; readonly flag: string }[],
  ): Promise<void>
  read(query: SeriesQuery): Promise<readonly SeriesColumn[]>
}
export const sensing = service<Sensing>('sensing')

import { type Db, service, type Work } from '#runtime'

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
  /** Marks given by the device or a check, e.g. `range`, `flat`, `manual`: lower case, at most 40 characters. */
  readonly flags?: readonly string[]
}

/** Why a reading is not taken; `too-many`: the device sent more than its share, the same reading may come again later. */
export type RefusalCode =
  | 'unknown-device'
  | 'unknown-channel'
  | 'too-old'
  | 'ahead'
  | 'off-grid'
  | 'not-a-time'
  | 'not-a-number'
  | 'too-many'

export interface Refusal {
  /** Place in the batch, from 0. */
  readonly index: number
  readonly code: RefusalCode
}

/** What became of a batch. */
export interface Intake {
  /** Lineage of its values; null if nothing was stored. */
  readonly batch: string | null
  readonly accepted: number
  /** The same value at the same place was there already. */
  readonly repeated: number
  /** Indexes whose place had another value: the first stays, this one is kept beside it, the place is flagged `changed`. */
  readonly changed: readonly number[]
  /** Kept with their reason for 30 days, the first 200 of a batch. */
  readonly refused: readonly Refusal[]
}

export interface SeriesQuery {
  readonly kind: string
  readonly stage: Stage
  readonly devices: readonly string[]
  readonly channels?: readonly string[]
  /** Inclusive. */
  readonly from: Date
  /** Exclusive. */
  readonly to: Date
  /** Values as stored, or means of a roll-up. */
  readonly step?: 'value' | 'hour' | 'day' | 'month'
}

/** A column of a query's answer: instants in milliseconds and values, same length, oldest first. */
export interface SeriesColumn {
  readonly device: string
  readonly channel: string
  readonly at: readonly number[]
  readonly value: readonly (number | null)[]
  /** How many values are in each mean, the least and the greatest; only for roll-ups. */
  readonly spread?: {
    readonly count: readonly number[]
    readonly min: readonly number[]
    readonly max: readonly number[]
  }
  /** Marks on single values, sparse; none for roll-ups. */
  readonly flags: readonly { readonly at: number; readonly flag: string }[]
}

/** A place that measures. */
export interface Device {
  /** e.g. `air.station` */
  readonly class: string
  /** Unique in its class, e.g. `1656A`. */
  readonly code: string
  readonly title: { readonly zh: string; readonly en: string }
  /** Division where it stands: a code, or a zone such as `3709.high-tech`. */
  readonly division: string
  /** Organisation that answers for it. */
  readonly organisation: string
  /** WGS 84 degrees. */
  readonly point: { readonly lng: number; readonly lat: number } | null
  /** `repair`: known to be away, no silence alarm; `retired`: nothing is taken any more. */
  readonly status: 'in-use' | 'repair' | 'retired'
  /** Further facts of the class, e.g. `{ level: 'national' }`. */
  readonly properties: Readonly<Record<string, unknown>>
}

/**
 * Time series of devices. After every change an event `sensing.<kind>.<stage>` (key: the kind) tells what changed, with
 * data `{ devices: string[], from: string, to: string }` (codes, ISO instants of the first and last value), once the
 * roll-ups hold it; changes close together come as one event.
 */
export interface Sensing {
  /** Writes devices of a class: new ones are added, known ones changed. Codes are never taken away. */
  register(work: Work, devices: readonly Device[]): Promise<void>
  devices(query: { readonly class: string; readonly codes?: readonly string[] }): Promise<readonly Device[]>
  /**
   * Takes raw readings in, at most 10,000; the same batch twice changes nothing. Leaves one audit record.
   * @throws InvalidInput for an unknown kind or too many readings
   */
  take(work: Work, kind: string, readings: readonly Reading[]): Promise<Intake>
  /**
   * Writes values of a later stage (from checks or publication), with flags added. A different value for an old place
   * is a revision: it counts from now on, the former stays in the history, and the place is flagged `revised`.
   * @throws InvalidInput for unknown devices or channels
   */
  settle(
    work: Work,
    kind: string,
    stage: 'valid' | 'published',
    readings: readonly Reading[],
  ): Promise<{ readonly accepted: number; readonly repeated: number; readonly revised: number }>
  /** Adds flags to values of a stage; never removes one. */
  flag(
    work: Work,
    kind: string,
    stage: Stage,
    marks: readonly { readonly device: string; readonly channel: string; readonly at: Date; readonly flag: string }[],
  ): Promise<void>
  /** One column for each device and channel that has anything. @throws InvalidInput for more than 2,000,000 places */
  read(query: SeriesQuery): Promise<readonly SeriesColumn[]>
  /**
   * Every value of a kind at a stage as it counts now, without marks: device after device, oldest first, in parts of up to
   * 10,000, for what takes the series away as a whole. @throws NotFound (kind)
   */
  rows(kind: string, stage: Stage, db?: Db): AsyncIterable<readonly Reading[]>
  /** Makes all roll-ups that are due now, instead of within seconds; for replays and tests. */
  rollUp(): Promise<void>
}
export const sensing = service<Sensing>('sensing')

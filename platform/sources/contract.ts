import { service, type Words, type Work } from '#runtime'
import type { FeedDefinition, SourceDefinition } from './definition.ts'
import type { RunReport, RunState } from './run.ts'

export type { Connection, FeedDefinition, PageSettings, Schedule, SourceDefinition } from './definition.ts'
export { comesOnce, isDatabase } from './definition.ts'
export type {
  ColumnCheck,
  Drift,
  DriftFinding,
  DriftKind,
  Reconciliation,
  RunReport,
  RunState,
} from './run.ts'

/**
 * How a source or feed is doing: green, its data are whole and as fresh as promised; yellow, it runs or will soon be
 * late; red, it is late, failed, or waits for a decision; grey, it is off, was never run, or promises nothing.
 */
export type Light = 'green' | 'yellow' | 'red' | 'grey'

/** Another system of the city, as the program knows it. The secret never leaves this capability. */
export interface SourceView extends Omit<SourceDefinition, 'secret'> {
  readonly hasSecret: boolean
  readonly light: Light
  readonly feeds: number
  /** What the last look at the source said, if it failed. */
  readonly problem: Words | null
  readonly checkedAt: Date | null
}

/** One table, file pattern or endpoint of a source that fills one dataset. */
export interface FeedView extends FeedDefinition {
  readonly light: Light
  /** When data of it were last brought whole into the registry. */
  readonly lastGoodAt: Date | null
  /** Until when it must be brought again to keep its promise; null if nothing is promised. */
  readonly dueAt: Date | null
  /** `problem`: why it failed, or in what it differs from the source. */
  readonly lastRun: { readonly id: number; readonly state: RunState; readonly problem: Words | null } | null
  /** Replication slots that exist at the source for it. */
  readonly slots: readonly SlotView[]
  /** Columns of the source as the last accepted run saw them, with the field each goes into. */
  readonly mapped: readonly { readonly name: string; readonly field: string | null }[]
}

/** A replication slot, for which the source keeps its log until the changes are taken. */
export interface SlotView {
  readonly name: string
  /** Log that the source keeps for it, in bytes, when it was last looked at; null if that is not known. */
  readonly lagBytes: number | null
  /** Since when no changes have been taken. */
  readonly behindSince: Date
  readonly lookedAt: Date | null
  /** More log, or a longer time, than is good for the source. */
  readonly isFarBehind: boolean
  /** Why one that nobody wants any more is still there, and what the administrator of the source can do. */
  readonly problem: Words | null
}

/** A table, file or endpoint that exists at a source, collected or not: the denominator of "all collected". */
export interface SourceTable {
  readonly source: string
  readonly name: string
  /** Estimate of the source; null where it has none. */
  readonly rows: number | null
  readonly columns: readonly { readonly name: string; readonly type: string | null; readonly comment: string | null }[]
  readonly seenAt: Date
  /** Since when it is not there any more. */
  readonly goneAt: Date | null
  /** Feeds that collect it. */
  readonly feeds: readonly string[]
}

/** Collection of data from other systems. Rights are the caller's affair: nothing here asks for any. */
export interface Sources {
  /** Makes a source or replaces its definition; a secret that is not given stays. @throws InvalidInput, NotFound */
  define(work: Work, source: SourceDefinition): Promise<void>
  /** Makes a feed or replaces its definition. @throws InvalidInput, NotFound (source, dataset) */
  defineFeed(work: Work, feed: FeedDefinition): Promise<void>
  sources(): Promise<readonly SourceView[]>
  feeds(of?: { readonly source?: string; readonly dataset?: string }): Promise<readonly FeedView[]>
  /** Everything that was found at the sources, also what nobody collects. */
  tables(source?: string): Promise<readonly SourceTable[]>
  /** Looks at a source again for its tables. @throws InvalidInput (host not allowed), Unavailable */
  discover(work: Work, source: string): Promise<void>
  /** Latest first, at most 200. */
  runs(of: {
    readonly feed?: string
    readonly dataset?: string
    readonly after?: number
  }): Promise<readonly RunReport[]>
  /** @throws NotFound */
  run(id: number): Promise<RunReport>
  /** Datasets to which a run is about to bring rows: it is being collected, checked or stored. */
  awaited(): Promise<ReadonlySet<string>>
  /**
   * Starts a run of a feed, or answers the one that is open; `whole`: one that is collected by increments takes all.
   * @throws NotFound, Conflict (feed off)
   */
  start(work: Work, feed: string, how?: { readonly whole: boolean }): Promise<number>
}
export const sources = service<Sources>('sources')

/** A run has ended in whatever way; key: the run; data: `feed`, `dataset`, `state`. */
export const RUN_ENDED = 'sources.run-ended'
/** A feed has not brought what it promised in time; key: the feed; data: `dataset`, `source`, `dueAt`. Once each time. */
export const LATE = 'sources.late'
/** More log is kept at a source for a feed, or for longer, than is good; key: the feed; data: `dataset`, `source`, `bytes`. */
export const LAG = 'sources.lag'
/**
 * A run that took all found rows that the increments had missed, and stored them; key: the run; data: `feed`,
 * `dataset`, `rows`.
 */
export const MISSED = 'sources.missed'
/**
 * A run that took all found more rows than the time before that are not at the source any more and that its feed keeps;
 * key: the run; data: `feed`, `dataset`, `rows`.
 */
export const GONE = 'sources.gone'
/** A run halted because the source is not what it was; key: the run; data: `feed`, `dataset`, `kinds`. */
export const DRIFT = 'sources.drift'

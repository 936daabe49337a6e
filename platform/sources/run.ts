import type { Words } from '#runtime'

/**
 * collecting → checking → (halted →) loading → removing → done. `halted` waits for a steward. `incomplete`: either what
 * came is not what the source says it has, or not all of it could be read (what could is stored, nothing is deleted, the
 * next run asks for the same again or it is handed over again), or a halted half was given up for the next run (nothing
 * is written). Nothing is written in `refused`.
 */
export type RunState =
  | 'collecting'
  | 'checking'
  | 'halted'
  | 'loading'
  | 'removing'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'refused'
  | 'incomplete'

/** States in which the next step needs nobody. */
export const GOING_STATES = ['collecting', 'checking', 'loading', 'removing'] as const satisfies RunState[]

/** States in which something may still happen; one such run a feed. */
export const OPEN_STATES = [...GOING_STATES, 'halted'] as const satisfies RunState[]

export type DriftKind =
  | 'added'
  | 'dropped'
  | 'renamed'
  | 'type'
  | 'meaning'
  | 'encoding'
  | 'incomplete'
  | 'shrunk'
  | 'unmapped'

export interface DriftFinding {
  readonly kind: DriftKind
  /** Null for what concerns the whole. */
  readonly column: string | null
  /** Of `renamed`: the column that seems to have taken its place. */
  readonly nowNamed?: string
  readonly halts: boolean
  readonly message: Words
}

/** The comparison with the last accepted run, and what a steward made of it. */
export interface Drift {
  readonly findings: readonly DriftFinding[]
  readonly decision?: { readonly accepted: boolean; readonly by: string; readonly at: string; readonly note: string }
}

/** A figure of the source beside the same figure of what arrived. */
export interface ColumnCheck {
  /** The pushed batch, where a run stores several. */
  readonly batch?: string
  /** Empty for the rows of a batch. */
  readonly column: string
  readonly what: 'rows' | 'filled' | 'sum' | 'min' | 'max' | 'checksum'
  readonly source: string | null
  readonly arrived: string | null
  readonly agrees: boolean
}

export interface Reconciliation {
  /** Rows the source says it handed over, null if it does not say; in a replay, those of the run that it repeats. */
  readonly sourceRows: number | null
  /** In a replay, rows that the kept bytes gave once more. */
  readonly arrivedRows: number
  /** What became of them in the registry: together the rows that arrived. */
  readonly inserted: number
  readonly changed: number
  readonly same: number
  readonly refused: number
  readonly removed: number
  /** Rows that are not at the source any more and that the feed keeps; absent where that was not looked for. */
  readonly gone?: number
  readonly columns: readonly ColumnCheck[]
  /** Null where the source gave no figure, so that nothing was compared. */
  readonly agrees: boolean | null
}

export interface RunReport {
  readonly id: number
  readonly feed: string
  readonly feedTitle: Words
  readonly dataset: string
  readonly state: RunState
  /** The earlier run that this one repeats from the kept bytes. */
  readonly replayOf: number | null
  readonly startedAt: Date
  readonly endedAt: Date | null
  readonly rows: number
  readonly bytes: number
  readonly problem: Words | null
  /** Said to people, e.g. that the same file came again. */
  readonly remark: Words | null
  readonly drift: Drift | null
  readonly reconciliation: Reconciliation | null
  readonly by: string
}

import type { Actor, Work } from '#runtime'
import type { LoopDefinition } from '../contract.ts'
import { type ClockStep, summarise } from './clocks.ts'
import type { Message } from './notify.ts'
import type { Row } from './row.ts'

/** One line of the log. */
export interface LogEntry {
  readonly instance: number
  readonly revision: number
  readonly key: string
  readonly action: string
  readonly at: Date
  readonly actor: string
  readonly actor_kind: Actor['kind']
  readonly post: string | null
  readonly on_behalf: string | null
  readonly from_place: string | null
  readonly to_place: string
  readonly form: Readonly<Record<string, unknown>> | null
  readonly note: string | null
  readonly evidence: readonly string[] | null
  readonly readers: readonly string[] | null
}

/** One action to be done to a draft. */
export interface Deed {
  readonly action: string
  readonly key: string
  readonly form?: Readonly<Record<string, unknown>>
  readonly note?: string
  readonly evidence?: readonly string[]
  /** The platform itself does it, for this reason: no guards by person, nobody's hand. */
  readonly bySystem?: string
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** An instance while actions are done to it; written once, at the end. */
export interface Draft {
  /** Changes only when a matter is moved to another version. */
  definition: LoopDefinition
  /** Undefined at the opening. */
  readonly before: Row | undefined
  readonly row: Mutable<Row>
  readonly log: LogEntry[]
  /** Those who did something, for their list of what is done. */
  readonly doers: Set<string>
  /** A clock was paused, resumed or extended: units that share it must hear. */
  turned: boolean
  /** Next step of the clocks, once finished. */
  next: ClockStep | undefined
  /** What readers are told once it is written. */
  readonly messages: { readonly to: (row: Row) => readonly string[]; readonly message: Message }[]
  /** Runs after the row is written: sub-loops, the parent, notices. */
  readonly after: (() => Promise<void>)[]
}

export const draftOf = (definition: LoopDefinition, before: Row | undefined, row: Row): Draft => ({
  definition,
  before,
  row: { ...row },
  log: [],
  doers: new Set(),
  turned: false,
  next: undefined,
  messages: [],
  after: [],
})

/** Time of what is done now: never before what was done last, whatever the machine's clock says. */
export const timeIn = (draft: Draft, work: Work): Date =>
  new Date(Math.max(work.at.getTime(), draft.row.acted_at.getTime()))

/** Computes what the lists need from the clocks. */
export function finish(draft: Draft, at: Date): void {
  const { row, definition } = draft
  const ended = row.ended_at !== null
  const summary = summarise(definition, row.place, row.clocks, at)
  row.due = ended ? null : summary.due
  row.warn = ended ? null : summary.warn
  draft.next = ended ? undefined : summary.next
}

/** Lets somebody follow the matter until its end. */
export function watch(draft: Draft, who: string): void {
  const { memory } = draft.row
  if (!memory.watchers.includes(who)) draft.row.memory = { ...memory, watchers: [...memory.watchers, who] }
}

import { service, type Work } from '#runtime'

export type { Tag, TagFeature, TagSource, TagSubject } from './declaration.ts'

/** Members that came into a pushed segment and left it since the push before. */
export interface SegmentChange {
  readonly segment: { readonly id: number; readonly title: string; readonly purpose: string }
  readonly joined: readonly string[]
  readonly left: readonly string[]
}

/** What the system of a subject adds. */
export interface TagHooks {
  /** Hands a pushed segment on, in the same transaction, some hundred members at a time. */
  readonly pushed?: (work: Work, change: SegmentChange) => Promise<void>
  /** Key of the member that an account speaks for, e.g. the firm that signed in. */
  readonly memberOf?: (work: Work, account: string) => Promise<string | undefined>
  /** After a run that changed something. */
  readonly ran?: (work: Work, run: { readonly id: number; readonly carried: number }) => Promise<void>
}

/** A value that a member carries, or carried. */
export interface Carried {
  readonly tag: string
  readonly value: string
  readonly since: string
  readonly until: string | null
}

export interface Tags {
  /** Registers a subject's hooks, called while its server part is made. */
  hooks(subject: string, hooks: TagHooks): void
  /**
   * Computes all tags of a subject now; waits for a run under way.
   * @throws InvalidInput when sources cannot be read
   */
  run(subject: string, options?: RunOptions): Promise<RunResult>
  /** Tags of a member on a day, as known at an instant; today and now unless said. */
  carriedBy(
    work: Work,
    subject: string,
    key: string,
    when?: { readonly day?: string; readonly known?: Date },
  ): Promise<readonly Carried[]>
}
export const tags = service<Tags>('tags')

export interface RunOptions {
  readonly signal?: AbortSignal
  /** Takes the copies of the sources as they are, instead of bringing them up to now first. */
  readonly asTheyAre?: true
}

export interface RunResult {
  readonly run: number
  readonly added: number
  readonly removed: number
  readonly carried: number
  /** Tags that could not be computed; their values are those of before. */
  readonly failed: readonly string[]
}

import { type Actor, type Light, service, type Words, type Work } from '#runtime'
import type { LoopDefinition } from './definition.ts'

/** Colour of a clock, computed: green in time, yellow near the limit, red past it, grey paused, ended or without limit. */
export type { Light } from '#runtime'
export {
  type Action,
  type Assignee,
  type ClockRule,
  type Fork,
  type JointRule,
  type LimitStep,
  type LoopDefinition,
  loop,
  type Place,
  type RefusalRule,
} from './definition.ts'
export { clockOf } from './rules/law.ts'
export { inspection } from './rules/laws/inspection.ts'
export { termRules } from './term-rules.ts'

/** A matter as others see it. */
export interface LoopInstance {
  readonly id: string
  readonly definition: string
  readonly version: number
  readonly headline: Words
  readonly place: string
  readonly data: Readonly<Record<string, unknown>>
  readonly division: string | null
  readonly openedAt: Date
  /** Account or `system:<name>`. */
  readonly openedBy: string
  readonly endedAt: Date | null
  readonly outcome: 'done' | 'withdrawn' | 'refused' | null
  /** Nearest limit of its running clocks. */
  readonly due: Date | null
  readonly light: Light
  /** Grows with every action; a stale one is refused. */
  readonly revision: number
  readonly origin: Origin | null
  /** The matter of which it is a joint unit's share. */
  readonly parent: string | null
  /** The matter into which it was merged and with which it ends. */
  readonly lead: string | null
  /** Who has it now, `post:<id>` or `account:<id>`. */
  readonly holders: readonly string[]
}

/** What raised a matter, e.g. `{ kind: 'warning', id: '17' }`. */
export interface Origin {
  readonly kind: string
  readonly id: string
}

export interface OpenLoop {
  readonly definition: string
  readonly data: Readonly<Record<string, unknown>>
  /** The same key opens nothing twice and returns the first instance. */
  readonly key: string
  readonly origin?: Origin
  /** Set by joint handling only: the matter of which this is a unit's share, its revision then, and the unit. */
  readonly parent?: {
    readonly id: string
    readonly revision: number
    readonly unit: string
    readonly clock?: SharedClock
  }
  /** Set by dividing only: what it keeps of the matter out of which it was taken. */
  readonly takenFrom?: {
    readonly version: number
    readonly openedBy: string
    readonly openedPost: string | null
    readonly watchers: readonly string[]
    readonly clock?: SharedClock
  }
}

/** A clock as the engine keeps it, handed from a matter to its joint units' shares and to its parts. */
export interface SharedClock {
  readonly events: readonly {
    readonly at: string
    readonly type: 'start' | 'pause' | 'resume' | 'extend' | 'restart' | 'stop'
    readonly duration?: string
    readonly reason?: string
    readonly by?: string
  }[]
  readonly taken: number
}

export interface Act {
  readonly instance: string
  readonly action: string
  readonly form?: Readonly<Record<string, unknown>>
  readonly evidence?: readonly string[]
  readonly note?: string
  /** Revision the actor saw; if the matter has moved since, a Conflict tells who did what. */
  readonly revision: number
  /** Idempotency key: the same one does nothing twice and returns the first result. */
  readonly key: string
}

/** Condition of an action: null, or why it is not possible now. */
export type Guard = (
  work: Work,
  instance: LoopInstance,
  form: Readonly<Record<string, unknown>>,
) => Promise<Words | null>
/** Effect of an action, in its transaction; may return data to merge into the instance. */
export type Effect = (
  work: Work,
  instance: LoopInstance,
  form: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>> | undefined>
/** Chooses the next place. */
export type Choice = (work: Work, instance: LoopInstance, form: Readonly<Record<string, unknown>>) => Promise<string>
/** Names posts or accounts. */
export type Finder = (
  work: Work,
  instance: LoopInstance,
) => Promise<readonly ({ readonly post: string } | { readonly account: string })[]>

/** Follows from the end of a matter, in the transaction that ends it. */
export type Ended = (work: Work, instance: LoopInstance) => Promise<void>

/** What may happen outside a matter. */
export type Signal = 'warning-cleared'

export interface Hooks {
  readonly guards?: Readonly<Record<string, Guard>>
  readonly effects?: Readonly<Record<string, Effect>>
  readonly choices?: Readonly<Record<string, Choice>>
  readonly finders?: Readonly<Record<string, Finder>>
  /** By noun of the definition `<module>.<noun>`, all versions: whatever ends it, be it an action, a clock or the matter that it follows. */
  readonly ended?: Readonly<Record<string, Ended>>
  /** What each hook does, in words: administrators choose from them. Its name is shown where there is none. */
  readonly titles?: Readonly<Record<string, Words>>
}

export interface Loops {
  /**
   * Registers a module's hooks, called while its server part is made; definitions name them `<module>.<hook>`.
   * @throws StartError for a name already taken
   */
  hooks(module: string, hooks: Hooks): void
  /** @throws InvalidInput (data), NotFound (definition) */
  open(work: Work, opening: OpenLoop): Promise<LoopInstance>
  /**
   * Does an action in the caller's transaction. People must be allowed to; the system does what is automatic.
   * @throws NotFound, Forbidden, Conflict (stale or not possible here), InvalidInput (form, evidence)
   */
  act(work: Work, act: Act): Promise<LoopInstance>
  /**
   * Tells every open matter of this origin that something outside happened. It does the automatic action that waits for
   * it; a matter not yet there remembers and does it on arrival.
   */
  signal(work: Work, origin: Origin, signal: Signal): Promise<void>
  /**
   * Changes fields of an open matter's data from outside, such as a level that has risen: title and area follow, clocks,
   * place and holders stay, and whoever has its page open can still act. Nothing happens where nothing changes.
   * @throws NotFound, Conflict (ended), InvalidInput (data)
   */
  update(work: Work, id: string, data: Readonly<Record<string, unknown>>): Promise<LoopInstance>
  /** Open matters that this raised, oldest first, at most 1,000; reading rights are the caller's business. */
  openAbout(work: Work, origin: Origin): Promise<readonly LoopInstance[]>
  /** @throws NotFound; reading rights are the caller's business */
  get(work: Work, id: string): Promise<LoopInstance>
  /** Whether the actor is part of it, or may read it by right and area. */
  mayRead(work: Work, id: string): Promise<boolean>
  /** What the actor may do with it now. */
  actionsFor(work: Work, id: string, actor: Actor): Promise<readonly string[]>
  definition(id: string, version?: number): LoopDefinition
}
export const loops = service<Loops>('loops')

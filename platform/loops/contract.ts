import { type Actor, service, type Words, type Work } from '#runtime'
import type { LoopDefinition } from './definition.ts'

export {
  type Action,
  type Assignee,
  type ClockRule,
  type Fork,
  type JointRule,
  type LoopDefinition,
  loop,
  type Place,
} from './definition.ts'

/** Colour of a clock, computed: green in time, yellow near the limit, red past it, grey paused or ended. */
export type Light = 'green' | 'yellow' | 'red' | 'grey'

/** A matter as others see it. */
export interface LoopInstance {
  readonly id: string
  readonly definition: string
  readonly version: number
  readonly headline: string
  readonly place: string
  readonly data: Readonly<Record<string, unknown>>
  readonly division: string | null
  readonly openedAt: Date
  readonly openedBy: string
  readonly endedAt: Date | null
  readonly outcome: 'done' | 'withdrawn' | 'refused' | null
  readonly due: Date | null
  readonly light: Light
  /** Grows with every action; a stale one is refused. */
  readonly revision: number
}

export interface OpenLoop {
  readonly definition: string
  readonly data: Readonly<Record<string, unknown>>
  /** The same key opens nothing twice and returns the first instance. */
  readonly key: string
  /** What raised it, e.g. `{ kind: 'warning', id: '17' }`. */
  readonly origin?: { readonly kind: string; readonly id: string }
}

export interface Act {
  readonly instance: string
  readonly action: string
  readonly form?: Readonly<Record<string, unknown>>
  readonly evidence?: readonly string[]
  readonly note?: string
  /** Revision the actor saw; a Conflict tells that somebody was first. */
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

export interface Hooks {
  readonly guards?: Readonly<Record<string, Guard>>
  readonly effects?: Readonly<Record<string, Effect>>
  readonly choices?: Readonly<Record<string, Choice>>
  readonly finders?: Readonly<Record<string, Finder>>
}

export interface Loops {
  /** Registers a module's hooks; called while its server part is made. @throws StartError for a name already taken */
  hooks(module: string, hooks: Hooks): void
  open(work: Work, opening: OpenLoop): Promise<LoopInstance>
  /** @throws NotFound, Forbidden, Conflict (stale or not possible here), InvalidInput (form) */
  act(work: Work, act: Act): Promise<LoopInstance>
  get(work: Work, id: string): Promise<LoopInstance>
  /** What the actor may do with it now. */
  actionsFor(work: Work, id: string, actor: Actor): Promise<readonly string[]>
  definition(id: string, version?: number): LoopDefinition
}
export const loops = service<Loops>('loops')

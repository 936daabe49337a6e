import type { Action, ClockRule, LoopDefinition } from '../definition.ts'

/** What the engine answers: it is done, or the status of its refusal. */
export type Answer = 'done' | 403 | 404 | 409

export const HOUR = 3_600_000

interface Holder {
  readonly person: number
  readonly signed: boolean
}

/** Everybody supervises here, so everybody may note. */
const EVERYBODY = { right: 'loops.supervise' }

/** A clock in hours: when it is over, since when it stands still, and which of its steps it has taken since it was set. */
interface Clock {
  readonly rule: ClockRule
  limit: number
  pausedAt: number | undefined
  taken: number
}

/**
 * The slow and simple reference of the engine: one matter of a definition whose terms are in hours and whose people are
 * numbers, each with rights everywhere. It knows places, rights, holders, clocks and who did what, and nothing of
 * databases.
 */
export class Model {
  place = ''
  revision = 1
  holders: readonly Holder[] = []
  #moved = 1
  #back: { readonly place: string; readonly holders: readonly Holder[] } | undefined
  readonly #done = new Map<string, { n: number; readonly by: Set<number> }>()
  #matter: Clock | undefined
  #placeClock: Clock | undefined
  readonly #definition: LoopDefinition
  readonly #rights: readonly (readonly string[])[]

  constructor(definition: LoopDefinition, rights: readonly (readonly string[])[], at: number) {
    this.#definition = definition
    this.#rights = rights
    this.#matter = clockOf(definition.clock, at)
    this.#arrive(String(definition.start), at)
  }

  get isEnded(): boolean {
    return this.#definition.places[this.place]?.kind === 'end'
  }

  /** The nearest limit of the clocks that run or stood still too late. */
  get due(): number | null {
    if (this.isEnded) return null
    const limits = [this.#matter, this.#placeClock].flatMap((clock) =>
      clock && (clock.pausedAt === undefined || clock.pausedAt >= clock.limit) ? [clock.limit] : [],
    )
    return limits.length > 0 ? Math.min(...limits) : null
  }

  /** Time has passed. @returns whether a clock acted by itself */
  pass(at: number): boolean {
    let hasActed = false
    for (let next = this.#next(at); next && !this.isEnded; next = this.#next(at)) {
      next.clock.taken++
      hasActed = true
      this.revision++
      this.#remember(next.act)
      const { to } = this.#definition.actions[next.act] ?? {}
      if (to === undefined) continue
      this.#back = undefined
      this.#arrive(String(to), at)
    }
    return hasActed
  }

  /** The earliest step that is due, of the clock over the matter before that of the place. */
  #next(at: number) {
    const steps = [this.#matter, this.#placeClock].flatMap((clock) => {
      const step = clock?.rule.atLimit?.[clock.taken]
      if (!clock || !step || !('act' in step) || clock.pausedAt !== undefined) return []
      return [{ clock, act: step.act, at: clock.limit + (step.after === undefined ? 0 : hours(step.after)) }]
    })
    const [first] = steps.sort((a, b) => a.at - b.at)
    return first && first.at <= at ? first : undefined
  }

  act(id: string, person: number, seen: number, at: number): Answer {
    if (seen < this.#moved) return 409
    const action = this.#actionOf(id)
    if (!action) return 404
    if (!this.#isMeant(action, person)) return 403
    if (this.isEnded || !(action.from === '*' || action.from.includes(this.place))) return 409
    if (action.notBy?.some((other) => this.#done.get(other)?.by.has(person))) return 403
    if (action.times !== undefined && (this.#done.get(id)?.n ?? 0) >= action.times) return 409
    if (!this.#isPossible(id)) return 409
    this.revision++
    this.#remember(id, person)
    this.#follow(id, action, person, at)
    return 'done'
  }

  #actionOf(id: string): Action | undefined {
    const title = this.#definition.title
    const { clock, actions } = this.#definition
    if (id === 'loops.pause' || id === 'loops.resume') return clock?.pausable ? { title, from: '*' } : undefined
    if (id === 'loops.extend')
      return clock?.extension ? { title, from: '*', who: clock.extension.who, times: 1 } : undefined
    if (id === 'loops.note') return { title, from: '*', who: EVERYBODY }
    return id.startsWith('loops.') ? { title, from: '*' } : actions[id]
  }

  /** Without a rule it is for those who hold it. */
  #isMeant({ who }: Action, person: number): boolean {
    if (who === EVERYBODY) return true
    if (who && 'right' in who) return this.#rights[person]?.includes(who.right) ?? false
    return this.holders.some((holder) => holder.person === person)
  }

  #isPossible(id: string): boolean {
    if (id === 'loops.sign') return !this.holders.some(({ signed }) => signed)
    if (id === 'loops.return') return this.#back !== undefined
    if (id === 'loops.pause') return this.#matter !== undefined && this.#matter.pausedAt === undefined
    if (id === 'loops.resume') return this.#matter?.pausedAt !== undefined
    return true
  }

  #follow(id: string, action: Action, person: number, at: number): void {
    const clocks = [this.#matter, this.#placeClock].filter((clock) => clock !== undefined)
    if (id === 'loops.pause') for (const clock of clocks) clock.pausedAt ??= at
    if (id === 'loops.resume')
      for (const clock of clocks) {
        if (clock.pausedAt === undefined) continue
        // A term that was over when it was paused stays over.
        if (clock.pausedAt < clock.limit) clock.limit += at - clock.pausedAt
        clock.taken = 0
        clock.pausedAt = undefined
      }
    if (id === 'loops.extend' && this.#matter) {
      this.#matter.limit += hours(this.#definition.clock?.extension?.by)
      this.#matter.taken = 0
    }
    if (id === 'loops.sign') {
      this.holders = [{ person, signed: true }]
      this.#moved = this.revision
    }
    if (id === 'loops.return' && this.#back) {
      const { place, holders } = this.#back
      this.#back = undefined
      this.#arrive(place, at, holders)
    }
    if (action.to === undefined) return
    const isOpen = this.#definition.places[this.place]?.kind === 'open'
    this.#back = isOpen ? { place: this.place, holders: this.holders } : undefined
    this.#arrive(String(action.to), at)
  }

  #arrive(name: string, at: number, holders?: readonly Holder[]): void {
    const place = this.#definition.places[name]
    const right = place?.assign && 'right' in place.assign ? place.assign.right : undefined
    this.place = name
    this.#moved = this.revision
    this.#placeClock = clockOf(place?.clock, at)
    const all = this.#rights.flatMap((rights, person) =>
      right && rights.includes(right) ? [{ person, signed: false }] : [],
    )
    this.holders = this.isEnded ? [] : (holders ?? all)
  }

  #remember(id: string, person?: number): void {
    const before = this.#done.get(id) ?? { n: 0, by: new Set() }
    before.n++
    if (person !== undefined) before.by.add(person)
    this.#done.set(id, before)
  }
}

const hours = (term: unknown): number => Number(String(term).replace('h', '')) * HOUR

const clockOf = (rule: ClockRule | undefined, at: number): Clock | undefined =>
  rule && { rule, limit: at + hours(rule.limit), pausedAt: undefined, taken: 0 }

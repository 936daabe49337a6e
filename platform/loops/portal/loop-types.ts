import type { Light } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

/** A matter in a list. */
export interface LoopItem {
  readonly id: string
  readonly definition: string
  readonly definitionTitle: Words
  readonly headline: Words
  readonly place: string
  readonly placeTitle: Words
  readonly division: string | null
  readonly revision: number
  readonly openedAt: string
  readonly endedAt: string | null
  readonly outcome: 'done' | 'withdrawn' | 'refused' | null
  readonly due: string | null
  readonly light: Light
  readonly remaining: Words | null
  readonly supervised: boolean
  readonly since: string
  readonly signedBy: string | null
  /** Of the share of a joint unit: the organisation. */
  readonly unit: string | null
}

export interface ShownField {
  readonly name: string
  readonly title: Words
  readonly value: Words
  /** Number of the matter that the value names. */
  readonly matter?: string
}

export interface LoopAction {
  readonly id: string
  readonly title: Words
  readonly look: 'primary' | 'default' | 'danger'
  readonly generic: boolean
  /** It may bring the matter to its end. */
  readonly ends: boolean
  /** Least number of evidence files. */
  readonly evidence: number
  /** JSON Schema of what has to be filled in. */
  readonly form: Readonly<Record<string, unknown>> | null
  /** What the form begins with. */
  readonly filled: Readonly<Record<string, unknown>> | null
}

export interface LoopClock {
  readonly over: 'matter' | 'place' | 'beside'
  readonly basis: Words | null
  readonly due: string | null
  readonly light: Light
  readonly ended: boolean
  readonly remaining: Words
  readonly provisional: boolean
}

export interface TimeLineEntry {
  readonly revision: number
  readonly action: string
  readonly title: Words
  readonly at: string
  readonly actor: string | null
  readonly post: Words | null
  readonly from: string | null
  readonly to: string
  readonly fields: readonly ShownField[]
  readonly note: string | null
  readonly evidence: readonly { readonly id: string; readonly name: string; readonly size: number }[]
  readonly restricted: boolean
}

/** Everything that a matter's page shows. */
export interface LoopDetail {
  readonly matter: LoopItem
  readonly about: Words | null
  /** Page of the module that shows what the matter is about. */
  readonly page: { readonly title: Words; readonly path: string } | null
  readonly openedBy: string | null
  readonly origin: { readonly kind: string; readonly id: string } | null
  readonly parent: LoopItem | null
  readonly shares: readonly LoopItem[]
  /** Into which it was merged, and what was merged into it. */
  readonly lead: LoopItem | null
  readonly followers: readonly LoopItem[]
  /** Out of which it was taken and why, and what was taken out of it. */
  readonly whole: (LoopItem & { readonly reason: string | null }) | null
  readonly parts: readonly LoopItem[]
  readonly fields: readonly ShownField[]
  readonly holders: readonly { readonly id: string; readonly title: Words; readonly signedBy: string | null }[]
  /** The unit meant has no post with the right that the step asks for: others stand in until it is transferred. */
  readonly caretaken: boolean
  readonly clocks: readonly LoopClock[]
  readonly actions: readonly LoopAction[]
  /** What somebody else has to do, because the reader did what it checks. */
  readonly barred: readonly Words[]
  readonly timeLine: readonly TimeLineEntry[]
}

export interface LoopDiagram {
  readonly places: readonly {
    readonly id: string
    readonly title: Words
    readonly kind: 'open' | 'waiting' | 'end'
    readonly start: boolean
    readonly current: boolean
    readonly visited: boolean
  }[]
  readonly ways: readonly {
    readonly action: string
    readonly title: Words
    readonly from: string
    readonly to: string
    readonly automatic: boolean
    readonly passed: boolean
  }[]
}

export interface InboxCounts {
  readonly total: number
  /** There are more than these; those that are due first are counted. */
  readonly more: boolean
  readonly byLight: Readonly<Record<Light, number>>
  readonly byDefinition: readonly {
    readonly definition: string
    readonly title: Words
    readonly total: number
    readonly red: number
  }[]
}

export interface LoopKind {
  readonly id: string
  readonly title: Words
  readonly about: Words | null
  /** JSON Schema of the data, if the reader may open one by hand. */
  readonly opens: Readonly<Record<string, unknown>> | null
}

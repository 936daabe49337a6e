import type { Light } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import type { Mistake } from './model/where.ts'

export interface Named {
  readonly id: string
  readonly title: Words
}

/** A definition in the list. */
export interface StoredDefinition extends Named {
  readonly inForce: number | null
  readonly made: 'code' | 'page' | null
  /** Revision of the draft, if there is one. */
  readonly draft: number | null
  /** Who saved the draft, else who published what is in force. */
  readonly by: string | null
  /** Matters that have not ended, by version. */
  readonly running: readonly { readonly version: number; readonly matters: number }[]
}

export interface StoredVersion {
  readonly version: number
  readonly made: 'code' | 'page'
  readonly madeBy: string | null
  readonly madeAt: string
  readonly note: string | null
  readonly inForce: boolean
  readonly running: number
}

type Body = Readonly<Record<string, unknown>>

/** A definition with its versions and draft. */
export interface DefinitionDetail {
  readonly id: string
  readonly body: Body | null
  /** Posts that it or its draft names. */
  readonly posts: readonly Named[]
  readonly versions: readonly StoredVersion[]
  readonly draft: {
    readonly body: Body
    readonly revision: number
    readonly basedOn: number | null
    readonly savedAt: string
    readonly savedBy: string
    readonly mistakes: readonly Mistake[]
  } | null
}

/** What a definition may name. */
export interface Parts {
  readonly hooks: readonly {
    readonly kind: 'guards' | 'effects' | 'choices' | 'finders'
    readonly name: string
    readonly title: Words
  }[]
  /** With how many posts hold each now. */
  readonly rights: readonly (Named & { readonly posts: number })[]
  readonly definitions: readonly Named[]
  readonly terms: readonly StatutoryTerm[]
}

/** A term that a law sets, as a clock takes it over. */
export interface StatutoryTerm {
  readonly law: Words
  readonly title: Words
  readonly limit: string
  readonly basis: Words
  readonly rollover?: boolean
  readonly extension?: string
  readonly toCheck: boolean
}

/** How the matter of a trial stands after a step. */
export interface TrialState {
  readonly at: string
  readonly place: string
  readonly light: Light
  readonly due: string | null
  readonly holders: readonly Words[]
  /** The unit meant has no post with the right that the step asks for: others stand in. */
  readonly caretaken: boolean
  /** Open shares of joint units. */
  readonly shares: readonly { readonly unit: Words; readonly holders: readonly Words[]; readonly caretaken: boolean }[]
  /** With which of the two people may do it. */
  readonly actions: readonly (Named & { readonly by: readonly number[] })[]
  /** Whom the clocks reminded, and of what. */
  readonly told: readonly { readonly title: Words; readonly to: readonly Words[] }[]
  readonly ended: boolean
  readonly problem: Words | null
}

export interface TrialStep {
  readonly action?: string
  readonly form?: Body
  readonly person?: number
  readonly wait?: string
}

/** Running matters to another version: old places to new ones where they differ. */
export interface MovePlan {
  readonly to: number
  readonly places: Readonly<Record<string, string>>
}

export interface MovePreview {
  readonly total: number
  readonly places: readonly { readonly from: string; readonly to: string | null; readonly matters: number }[]
  readonly examples: readonly {
    readonly id: string
    readonly headline: Words
    readonly from: string
    readonly to: string
    readonly holdersBefore: readonly string[]
    readonly holdersAfter: readonly string[]
    readonly dueBefore: string | null
    readonly dueAfter: string | null
    readonly problem: Words | null
  }[]
  /** Titles of the posts and names of the people in the examples. */
  readonly holders: Readonly<Record<string, Words>>
}

/** How far a change of many matters is. */
export interface Batch {
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly endedAt: string | null
}

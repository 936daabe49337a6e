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
  /** Matters that have not ended. */
  readonly running: number
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
  readonly rights: readonly Named[]
  readonly definitions: readonly Named[]
}

/** How the matter of a trial stands after a step. */
export interface TrialState {
  readonly at: string
  readonly place: string
  readonly light: Light
  readonly due: string | null
  readonly holders: readonly Words[]
  readonly actions: readonly Named[]
  readonly ended: boolean
  readonly problem: Words | null
}

export interface TrialStep {
  readonly action?: string
  readonly form?: Body
  readonly person?: number
  readonly wait?: string
}

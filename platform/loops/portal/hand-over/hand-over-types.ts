import type { Words } from '../../../runtime/words.ts'
import type { LoopItem } from '../loop-types.ts'

/** What a person has open: himself, and each of his posts. */
export interface Holdings {
  readonly name: string
  readonly holders: readonly {
    readonly id: string
    readonly title: Words
    readonly matters: number
    readonly others: readonly string[]
  }[]
}

export interface Held {
  readonly matters: number
  readonly kinds: readonly { readonly definition: string; readonly title: Words; readonly matters: number }[]
}

/** Who gets what: everything, or by kind. */
export interface Plan {
  readonly from: string
  readonly to?: string
  readonly kinds?: Readonly<Record<string, string>>
}

export interface PreviewRow {
  readonly id: string
  readonly headline: Words
  readonly definitionTitle: Words
  readonly before: readonly Words[]
  readonly after: readonly Words[]
  readonly changed: boolean
}

export interface BatchState {
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly endedAt: string | null
}

export interface BatchResult {
  readonly matter: LoopItem
  readonly why: Words | null
}

import type { Words } from '../../runtime/words.ts'
import type { RulePack, RuleVector } from '../rule-pack.ts'

/** A rule as `GET /api/rules` lists it. */
export interface RuleSummary {
  readonly id: string
  readonly title: Words
  readonly packs: readonly PackSummary[]
}

export interface PackSummary {
  readonly id: string
  readonly title: Words
  readonly document: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly locality: string
  readonly verified: boolean
  readonly inForce: boolean
}

export type Names = Readonly<Record<string, Words>>

/** A rule as `GET /api/rules/:id` shows it. */
export interface RuleDetail {
  readonly id: string
  readonly title: Words
  /** What the keys of its tables are called. */
  readonly names: Names
  readonly packs: readonly TriedPack[]
  readonly drafts: readonly Draft[]
}

export interface Draft {
  readonly id: string
  readonly content: RulePack
  readonly author: string
  readonly draftedAt: string
}

export interface TriedPack extends Omit<RulePack, 'vectors'> {
  readonly vectors: readonly TriedVector[]
}

export interface TriedVector extends RuleVector {
  readonly result: unknown
  readonly passed: boolean
}

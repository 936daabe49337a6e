import type { GROUNDS } from '../../declarations/vocabulary.ts'
import type { VersionView } from '../types.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

export interface EntrySummary {
  readonly id: string
  readonly title: Words
  readonly owner: string
  readonly access: string
  readonly state: 'proposed' | 'published' | 'withdrawn'
  readonly version?: number
  readonly changedAt?: string
  readonly newestAt?: string
  readonly freshness?: string
  readonly reason?: string
}

export const STATES: Readonly<Record<EntrySummary['state'], Words>> = {
  proposed: { zh: '待发布', en: 'Proposed' },
  published: { zh: '已发布', en: 'Published' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}

/** What the re-identification test found. */
export interface TestView {
  readonly passed: boolean
  readonly failures: readonly string[]
  readonly pack: string
  readonly facts: {
    readonly persons: boolean
    readonly k: number
    readonly l: number | null
    readonly smallCellRows: number
    readonly uniquePercent: number
    readonly linkedPercent: number
  }
  readonly groups: readonly { readonly size: string; readonly rows: number }[]
  readonly linked: readonly { readonly entry: string; readonly fields: readonly string[]; readonly rows: number }[]
}

export interface Exemption {
  readonly ground: keyof typeof GROUNDS
  readonly reason: string
}

export interface ReviewVersion extends VersionView {
  readonly state: 'candidate' | 'published' | 'refused'
  readonly test: TestView
  /** Fields that the test leaves out, with why; absent of versions made before it was asked. */
  readonly exempt?: Readonly<Record<string, Exemption>>
  readonly sensitive: readonly string[]
}

export interface Score {
  readonly points: number
  readonly most: number
  readonly grade: string
  readonly dimensions: readonly { readonly id: string; readonly points: number; readonly most: number }[]
  readonly missing: readonly { readonly id: string; readonly points: number }[]
}

export interface EntryDetail extends EntrySummary {
  readonly ownerName?: Words
  readonly source: string
  readonly meta: object
  readonly score?: Score
  /** What waits for a decision, or else the newest version. */
  readonly reviewed?: ReviewVersion
  /** The newest. */
  readonly versions: readonly ReviewVersion[]
  readonly release?: { readonly loop: string; readonly place: string; readonly finding?: string }
}

export interface SourceView {
  readonly id: string
  readonly title: Words
  readonly about: Words
  readonly owner: string
  readonly opening: 'open' | 'conditional'
  readonly persons: boolean
  readonly fields: readonly { readonly name: string; readonly title: Words; readonly kind: string }[]
}

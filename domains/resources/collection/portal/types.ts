import type { Words } from '../../../../platform/runtime/words.ts'

/** A check as the API takes it; which parts it has depends on its kind. */
export interface QualityCheck {
  readonly kind: string
  readonly field?: string
  readonly fields?: readonly string[]
  readonly from?: number | string
  readonly to?: number | string
  readonly codes?: string | readonly string[]
  readonly pattern?: string
  readonly dataset?: string
  readonly operator?: string
  readonly other?: string
  readonly days?: number
  readonly sql?: string
}

export interface QualityRow {
  readonly dataset: string
  readonly title: Words
  readonly source: string
  readonly day: string | null
  readonly total: number | null
  readonly dimensions: Readonly<Record<string, number>>
  readonly rows: number
  readonly failing: number
}

export interface QualityOverview {
  readonly rows: readonly QualityRow[]
  readonly trend: readonly { readonly source: string; readonly day: string; readonly total: number }[]
}

/** What a rule counts: rows of the dataset, or collections from its source. */
export type Counts = 'rows' | 'runs' | 'dataset'

export interface RuleView {
  readonly id: string
  readonly title: Words
  readonly dimension: string
  readonly severity: string
  readonly least: number
  readonly counts: Counts
  readonly state: 'declared' | 'draft' | 'published' | 'withdrawn'
  readonly check: QualityCheck | null
  readonly by: string | null
  readonly replaces: number | null
  readonly result: {
    readonly at: string
    readonly rows: number
    readonly bad: number
    readonly problem: Words | null
    readonly loop: string | null
  } | null
}

export interface DatasetQuality {
  readonly dataset: string
  readonly title: Words
  readonly about: Words
  readonly source: string
  readonly rules: readonly RuleView[]
  readonly trend: readonly {
    readonly day: string
    readonly total: number | null
    readonly dimensions: Readonly<Record<string, number>>
  }[]
}

export interface CorrectionView {
  readonly loop: string
  readonly dataset: string
  readonly title: Words
  readonly rule: string
  readonly counts: Counts
  readonly fault: Words
  readonly load: number | null
  readonly source: string
  readonly openedAt: string
  readonly due: string | null
  readonly endedAt: string | null
  readonly outcome: 'closed' | 'waived' | 'lapsed' | null
  readonly openedAgain: number
  readonly firstBad: number
  readonly lastBad: number
}

export interface SystemView {
  readonly code: string
  readonly name: string
  readonly owner: string
  readonly duty?: string
  readonly item?: string
  readonly maker?: string
  readonly protection?: string
  readonly place?: string
  readonly project?: string
  readonly state: string
  readonly used: LastUse
  readonly called: LastUse
}

/** When something was last used: as the platform saw, or as somebody said. */
export interface LastUse {
  readonly on: string | null
  readonly isSeen: boolean
  readonly by?: string
  readonly at?: string
}

export interface TableView {
  readonly system: string
  readonly name: string
  readonly title: string
  readonly owner: string
  readonly rows?: number
  readonly dataset?: string
  readonly reason?: string
  readonly basis?: string
  readonly plannedUntil?: string
  readonly read: LastUse
  /** Whether a feed has brought its rows into the dataset that is said to collect it. */
  readonly isProven: boolean
  readonly fields: readonly {
    readonly name: string
    readonly title?: string
    readonly type?: string
    readonly field?: string
  }[]
}

/** A scan of the sources of a system in figures. */
export interface ScanBrief {
  readonly system: string
  readonly name: string
  readonly owner: string
  readonly at: string | null
  readonly problem: Words | null
  readonly found: number
  readonly undeclared: number
  readonly differing: number
  readonly gone: number
  readonly proven: number
}

export interface ScannedTable {
  readonly name: string
  readonly title: string | null
  readonly state: 'same' | 'undeclared' | 'differs' | 'gone'
  readonly rows: number | null
  readonly added: readonly string[]
  readonly dropped: readonly string[]
  readonly retyped: readonly { readonly name: string; readonly declared: string; readonly found: string }[]
  /** The dataset into which a feed has brought its rows. */
  readonly provenBy: string | null
  readonly provenTitle: Words | null
}

export interface ScanView extends ScanBrief {
  readonly sources: readonly { readonly id: string; readonly title: Words }[]
}

export interface UnitCounts {
  readonly unit: string
  readonly systems: number
  readonly tables: number
  readonly fields: number
  readonly collected: number
  readonly excused: number
  readonly planned: number
  readonly silent: number
  readonly undeclared: number
  readonly late: number
}

export interface Inventory {
  readonly edges: readonly { readonly id: string; readonly linked: number; readonly total: number }[]
  readonly units: readonly UnitCounts[]
  readonly scans: readonly ScanBrief[]
  readonly zombies: readonly {
    readonly code: string
    readonly name: string
    readonly owner: string
    readonly lastOn: string | null
    readonly why: Words
  }[]
  readonly unused: readonly {
    readonly system: string
    readonly name: string
    readonly title: string
    readonly owner: string
    readonly lastReadOn: string | null
  }[]
  /** Collected data without user. */
  readonly idle: readonly {
    readonly dataset: string
    readonly title: Words
    readonly owners: readonly string[]
    readonly lastReadOn: string | null
    readonly lastCalledOn: string | null
  }[]
}

import type { Words } from '../../runtime/words.ts'

export interface Interval {
  readonly share: number
  readonly low: number
  readonly high: number
  readonly judged: number
}

export interface TagSummary {
  readonly id: string
  readonly subject: string
  readonly kind: 'fact' | 'statistic' | 'model'
  readonly theme: string
  readonly title: Words
  readonly about: Words
  readonly owner: string
  readonly sensitivity: 'public' | 'internal' | 'sensitive'
  /** Kinds of segments that may be made of it. */
  readonly uses: readonly Segment['kind'][]
  readonly declared: boolean
  readonly version: number
  readonly bar: number
  readonly carriers: number | null
  readonly psi: number | null
  readonly precision: Interval | null
  readonly problem: Words | null
  readonly isStale: boolean
}

export interface RunView {
  readonly id: number
  readonly state: 'computing' | 'done' | 'failed'
  readonly day: string
  readonly startedAt: string
  readonly endedAt: string | null
  readonly added: number | null
  readonly removed: number | null
  readonly carried: number | null
  readonly problem: Words | null
}

export interface Catalogue {
  readonly subjects: readonly {
    readonly id: string
    readonly title: Words
    readonly page: string
    readonly themes: Readonly<Record<string, Words>>
  }[]
  readonly tags: readonly TagSummary[]
  readonly run: RunView | null
}

export interface TagContent {
  readonly id: string
  readonly subject: string
  readonly kind: TagSummary['kind']
  readonly theme: string
  readonly title: Words
  readonly about: Words
  readonly owner: string
  readonly use: Words
  readonly sensitivity: TagSummary['sensitivity']
  readonly uses: TagSummary['uses']
  readonly refreshDays: number
  readonly validityDays: number
  readonly features: readonly string[]
  readonly sources: readonly { readonly dataset: string; readonly columns: readonly string[] }[]
  readonly rules: readonly string[]
  readonly logic: string
  readonly evidence: string
  readonly score?: string
  readonly card?: Words
  readonly bar: number
}

export interface Round {
  readonly id: number
  readonly version: number
  readonly openedAt: string
  readonly closedAt: string | null
  readonly size: number
  readonly right: number
  readonly wrong: number
  readonly unclear: number
  readonly matter: string | null
}

export interface TagDetail {
  readonly tag: TagContent
  readonly standing: TagSummary
  readonly themes: Readonly<Record<string, Words>>
  readonly personal: boolean
  readonly lineage: readonly {
    readonly dataset: string
    readonly columns: readonly string[]
    readonly feature: Words | null
  }[]
  readonly counts: readonly {
    readonly run: number
    readonly day: string
    readonly carriers: number
    readonly psi: number | null
  }[]
  readonly bins: readonly number[] | null
  readonly versions: readonly {
    readonly version: number
    readonly author: string
    readonly reviewer: string | null
    readonly publishedAt: string | null
  }[]
  readonly rounds: readonly Round[]
}

export interface CarriedTag {
  readonly tag: string
  readonly title: Words
  readonly about: Words
  readonly kind: TagSummary['kind']
  readonly theme: string
  /** Its evidence asks for a purpose. */
  readonly personal: boolean
  readonly value: string
  readonly since: string
  readonly until: string | null
}

export interface Portrait {
  readonly key: string
  readonly name: string
  readonly themes: Readonly<Record<string, Words>>
  readonly tags: readonly CarriedTag[]
  readonly line: readonly {
    readonly title: Words
    readonly value: string
    readonly since: string
    readonly until: string | null
  }[]
  /** Sensitive tags that it carries and the reader does not see. */
  readonly withheld: number
  readonly asOf: string | null
}

export interface EvidenceRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly (string | number | boolean | null)[])[]
  readonly cut: boolean
}

export interface Trial {
  readonly carriers: number
  readonly members: number
  readonly unknown: number
  readonly repeated: number
  readonly undated: number
  readonly evidence: number
  readonly examples: readonly { readonly key: string; readonly value: string; readonly since: string | null }[]
}

export interface Draft {
  readonly tag: string
  readonly version: number
  readonly content: TagContent
  readonly author: string
  readonly draftedAt: string
  readonly trial: Trial | null
}

export interface Expression {
  readonly all: readonly string[]
  readonly any: readonly string[]
  readonly none: readonly string[]
}

export interface Segment {
  readonly id: number
  readonly title: string
  readonly purpose: string
  readonly basis: string
  readonly kind: 'service' | 'supervision'
  readonly expression: Expression
  readonly owner: string
  readonly madeAt: string
  readonly pushedAt: string | null
  readonly endedAt: string | null
  /** Tags that may not be used for it any more, when it ended for them. */
  readonly endedFor: readonly string[] | null
  /** Which tags of it are out of date: while one is, it chooses nobody. */
  readonly outdated: readonly Words[]
  readonly members: number
  /** Chosen, but left out because they opted out. */
  readonly leftOut: number
}

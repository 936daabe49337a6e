interface Words {
  readonly zh: string
  readonly en: string
}

/** A dataset in a list: the answer of `/api/open-data/datasets`. */
export interface CardView {
  readonly id: string
  readonly title: Words
  readonly about: Words
  readonly owner: { readonly id: string; readonly name: Words }
  readonly access: 'open' | 'conditional'
  readonly themes: readonly string[]
  readonly formats: readonly string[]
  readonly licence: string
  readonly promise: string
  readonly freshness: 'kept' | 'broken' | 'none'
  readonly rows: number
  readonly version: number
  readonly changedAt: string
  readonly newestAt: string
}

export interface ColumnView {
  readonly name: string
  readonly title: Words
  readonly kind: string
  readonly key: boolean
  readonly unit?: string
  readonly codes?: Readonly<Record<string, Words>>
}

export interface FileView {
  readonly format: string
  readonly name: string
  readonly size: number
  readonly sm3: string
  readonly type: string
  readonly path: string
}

export interface DifferenceView {
  readonly before?: number
  readonly added: number
  readonly removed: number
  readonly changed: number | null
  readonly newFields: readonly string[]
  readonly goneFields: readonly string[]
}

export interface VersionView {
  readonly number: number
  readonly rows: number
  readonly digest: string
  readonly diff: DifferenceView
  readonly publishedAt: string
  /** Since when its files are gone. */
  readonly clearedAt?: string
  readonly columns: readonly ColumnView[]
  readonly files: readonly FileView[]
}

/** One dataset: the answer of `/api/open-data/datasets/{id}`. */
export interface DatasetView extends Omit<CardView, 'licence'> {
  readonly keywords: readonly string[]
  readonly contact: { readonly name: Words; readonly mail?: string; readonly phone?: string }
  readonly licence: { readonly code: string; readonly title: Words; readonly url: string }
  readonly spatial?: string
  readonly temporal?: { readonly from?: string; readonly to?: string }
  readonly time?: string
  readonly promised: { readonly state: string; readonly within: number | null }
  readonly publishedAt: string
  readonly checkedAt: string
  readonly address: string
  readonly citation: { readonly zh: string; readonly en: string; readonly bibtex: string }
  readonly current: VersionView
}

export interface RowsView {
  readonly version: number
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly total: number
  readonly isEstimate: boolean
}

export interface VoiceView {
  readonly id: string
  readonly kind: 'request' | 'correction' | 'app'
  readonly entry?: string
  readonly title: string
  readonly text: string
  readonly url?: string
  readonly madeAt: string
  readonly state: 'shown' | 'answered'
  readonly answer?: string
  readonly answeredAt?: string
}

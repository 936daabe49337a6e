import type { Words } from '../../runtime/words.ts'
import type { DatasetDefinition } from '../server/datasets/definition.ts'

export interface DatasetSummary {
  readonly id: string
  readonly title: Words
  readonly about: Words
  readonly source: string
  readonly level: Level
  readonly sharing: 'unconditional' | 'conditional' | 'none'
  readonly opening: 'open' | 'conditional' | 'closed'
  readonly retention: { readonly years: number } | 'permanent'
  readonly module: string | null
  readonly defined: boolean
  readonly fields: number
  readonly personal: boolean
  /** False for series, whose values are not rows. */
  readonly rows: boolean
  /** Whether rows are written, imported and collected at the desk of data, not by the module alone. */
  readonly byDesk: boolean
  readonly readable: boolean
}

export type Level = 'public' | 'internal' | 'sensitive' | 'important' | 'core'

export interface FieldView {
  readonly name: string
  readonly kind: string
  readonly title: Words
  readonly required: boolean
  readonly personal?: boolean
  readonly sealed?: boolean
  readonly unit?: string
  readonly element?: string
  readonly codes?: string
  /** Whether a list of millions is searched and ordered by it; null where that cannot be. */
  readonly searchable: 'yes' | 'making' | 'no' | null
  readonly choices: Readonly<Record<string, Words>> | null
}

export interface SlotView {
  readonly id: string
  readonly title: Words
  readonly required: boolean
  readonly kind: string
}

export interface DatasetDetail extends Omit<DatasetSummary, 'fields'> {
  readonly key: readonly string[]
  readonly quality: readonly { readonly id: string; readonly title: Words; readonly dimension: string }[]
  readonly list: { readonly columns: readonly string[] }
  /** How far the index is that is being made now, 0 to 1. */
  readonly indexing: number | null
  readonly fields: readonly FieldView[]
  readonly slots: readonly SlotView[]
  readonly definition: DatasetDefinition | null
  readonly rowCount: number | null
}

export interface RowView {
  readonly id: number
  readonly version: number
  readonly since: string
  readonly by: string
  readonly lineage?: { readonly load: number; readonly line: number }
  readonly value: Readonly<Record<string, unknown>>
  readonly marks?: readonly MarkView[]
}

/** What other parts say of a row, e.g. that somebody objects to it. */
export interface MarkView {
  readonly code: string
  readonly title: Words
  readonly since: string
  readonly path?: string
}

export interface PastRow extends RowView {
  readonly until: string
  readonly endedBy: string
  readonly deleted: boolean
}

export interface LoadView {
  readonly id: number
  readonly dataset: string
  readonly name: string
  readonly reading: { readonly header: readonly string[] }
  readonly columns: readonly (string | null)[]
  readonly state: 'loading' | 'done' | 'cancelled' | 'failed'
  readonly rowsRead: number
  readonly bytesRead: number
  readonly bytes: number
  readonly inserted: number
  readonly changed: number
  readonly same: number
  readonly refused: number
  readonly problem: Words | null
  readonly by: string
  readonly startedAt: string
  readonly endedAt: string | null
}

export interface Reason {
  readonly field: string | null
  readonly column: number
  readonly message: Words
}

/** What a column may be meant for, and why. */
export interface ColumnSuggestion {
  readonly slot: string
  readonly score: number
  readonly reasons: readonly Words[]
}

export interface Inspection {
  readonly file: string
  readonly name: string
  readonly size: number
  readonly reading: {
    readonly format: string
    readonly encoding: string
    readonly separator: string
    readonly headerLine: number
    readonly header: readonly string[]
  }
  readonly sample: readonly { readonly line: number; readonly cells: readonly string[] }[]
  readonly columns: readonly (string | null)[]
  readonly suggested: readonly (ColumnSuggestion | null)[]
  readonly remembered: boolean
  readonly earlier: number | null
}

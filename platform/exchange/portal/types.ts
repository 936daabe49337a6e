import type { Words } from '../../runtime/words.ts'

export type Sharing = 'unconditional' | 'conditional' | 'none'
export type Level = 'public' | 'internal' | 'sensitive' | 'important' | 'core'
export type Way = 'query' | 'file' | 'subscription' | 'compare' | 'compute'

export interface EntryView {
  readonly id: string
  readonly title: Words
  readonly about: Words
  readonly owner: string
  readonly ownerName: Words
  readonly level: Level
  readonly sharing: Sharing
  readonly opening: string
  readonly personal: boolean
  readonly hasRows: boolean
  readonly changedAt: string | null
  readonly rows: number | null
}

export interface Listed extends EntryView {
  /** How many. */
  readonly fields: number
}

export interface FieldView {
  readonly name: string
  readonly title: Words
  readonly kind: string
  readonly element: string | null
  readonly unit: string | null
  readonly personal: boolean
  readonly sharing: Sharing
}

export interface DatasetView extends EntryView {
  /** The reader may see who used it. */
  readonly traced: boolean
  readonly fields: readonly FieldView[]
}

export interface LineageView {
  readonly sources: readonly {
    readonly load: number
    readonly file: string
    readonly organisation: string
    readonly at: string
    readonly rows: number
    readonly columns: readonly { readonly header: string; readonly field: string }[]
  }[]
  readonly uses: readonly {
    readonly grant: string
    readonly consumer: string
    readonly consumerName: Words
    readonly until: string
    readonly fields: readonly string[]
  }[]
  readonly made: readonly {
    readonly kind: Words
    readonly title: Words
    readonly page: string | null
    readonly fields: readonly string[]
  }[]
  readonly kept: readonly { readonly table: string; readonly rows: number; readonly at: string }[]
}

export type Condition =
  | { readonly is: string | number | boolean }
  | { readonly in: readonly (string | number)[] }
  | { readonly prefix: string }
  | { readonly from?: string; readonly to?: string }
  | { readonly blank: boolean }

export interface GrantView {
  readonly id: string
  readonly request: string
  readonly dataset: string
  readonly title: Words
  readonly owner: string
  readonly consumer: string
  readonly fields: readonly string[]
  readonly whole: readonly string[]
  readonly rows: Readonly<Record<string, Condition>>
  readonly purpose: string
  readonly basis: string
  readonly ways: readonly Way[]
  readonly quota: number
  readonly until: string
  readonly madeAt: string
  readonly state: 'active' | 'expired' | 'withdrawn'
  readonly returnFlow: boolean
  readonly today: { readonly calls: number; readonly rows: number }
}

export interface GrantDetail extends GrantView {
  readonly days: readonly { readonly day: string; readonly calls: number; readonly rows: number }[]
}

export interface ReceiptView {
  readonly id: string
  readonly at: string
  readonly grant: string | null
  readonly consumer: string | null
  readonly caller: string
  readonly way: string
  readonly outcome: string
  readonly rows: number
  readonly fields: readonly string[]
}

export interface FileView {
  /** When its bytes were deleted. */
  readonly clearedAt: string | null
  readonly id: string
  readonly format: string
  readonly state: 'making' | 'done' | 'cancelled' | 'failed'
  readonly rows: number
  readonly about: number
  readonly receipt: string | null
  readonly problem: Words | null
  readonly madeAt: string
}

export interface SubscriptionView {
  readonly url: string
  readonly state: 'on' | 'off'
  readonly failures: number
  readonly problem: string | null
  readonly delivered: number
  readonly deliveredAt: string | null
  /** When it last began with all rows, and why. */
  readonly begunAt: string
  readonly begunWhy: 'first' | 'address' | 'restart' | 'cut'
}

import type { Words } from '../../runtime/words.ts'

/** A table at the side of the console. */
export interface TableView {
  readonly table: string
  readonly dataset?: string
  readonly title?: Words
  /** Whether there is a copy to ask. */
  readonly taken: boolean
  readonly rows: number
  readonly at?: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly title?: Words }[]
}

interface LimitsView {
  readonly seconds: number
  readonly bytes: number
  readonly rows: number
}

export interface Tables {
  readonly rows: readonly TableView[]
  readonly limits: LimitsView
  readonly exportLimits: LimitsView
}

export type Cell = string | number | boolean | null

export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly Cell[])[]
  readonly cut: boolean
}

export interface Problem {
  readonly code: string
  readonly title: string
  readonly issues?: readonly { readonly path: string; readonly message: string }[]
}

/** A line of the answer as it comes. */
export interface Line {
  readonly progress?: number
  readonly batch?: Answer
  readonly problem?: Problem
}

export interface PastQuestion {
  readonly id: number
  readonly sql: string
  readonly purpose: string
  readonly askedAt: string
}

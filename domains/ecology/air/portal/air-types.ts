import type { Words } from '../../../../platform/runtime/words.ts'

/** An index as the API gives it. */
export interface AirIndexView {
  readonly at: string
  readonly aqi: number | null
  readonly level: number | null
  readonly primary: readonly string[]
  readonly values: Readonly<Record<string, number | null>>
  readonly iaqi: Readonly<Record<string, number>>
  readonly pack: string
  readonly reason: Words | null
  readonly replay: boolean
  readonly fresh: boolean
}

export interface LevelView {
  readonly level: number
  readonly upTo: number | null
  readonly title: Words
  readonly colour: Words
  readonly rgb: readonly number[]
}

export interface StationRow {
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly division: string
  readonly latest: AirIndexView | null
  readonly warning: string | null
  readonly loop: string | null
}

export interface Overview {
  readonly levels: readonly LevelView[]
  readonly areas: readonly { readonly division: string; readonly name: Words; readonly latest: AirIndexView | null }[]
  readonly stations: readonly StationRow[]
}

export interface StationDetail extends StationRow {
  readonly city: string
  readonly status: string
  readonly levels: readonly LevelView[]
  readonly limits: Readonly<Record<string, number | null>>
}

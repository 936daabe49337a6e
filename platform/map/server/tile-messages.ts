import type { Feature } from 'geojson'

/** What the program asks of the tile worker; each is answered by one `Answer` of the same number. */
export type Ask =
  | { readonly do: 'begin'; readonly layer: string }
  | { readonly do: 'add'; readonly layer: string; readonly features: readonly Feature[] }
  | { readonly do: 'finish'; readonly layer: string }
  | {
      readonly do: 'tile'
      readonly layer: string
      readonly z: number
      readonly x: number
      readonly y: number
      readonly within: string
    }
  | { readonly do: 'list'; readonly layer: string; readonly within: string; readonly limit: number }

/** Features of a layer at hand, with those that were left out counted. */
export interface Listed {
  readonly features: readonly Feature[]
  readonly total: number
}

export interface Finished {
  /** Hash of the features: equal in every process that sees the same data. */
  readonly version: string
  readonly count: number
}

export interface Answers {
  readonly begin: undefined
  readonly add: undefined
  readonly finish: Finished
  readonly tile: Uint8Array
  readonly list: Listed
}

export interface Answer {
  readonly number: number
  readonly value?: unknown
  readonly error?: string
}

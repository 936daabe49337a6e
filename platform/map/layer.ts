import type { Words } from '#runtime'

/** What a module shows on the map. */
export interface Layer {
  /** `<module>.<noun>`, e.g. `air.stations`. */
  readonly id: string
  readonly title: Words
  readonly geometry: 'point' | 'line' | 'polygon'
  /** Right to see it; a layer without one is for anybody signed in. */
  readonly right?: string
  /** Rows of a dataset with a `point` field, the boundaries, or features made by a hook of the module. */
  readonly source:
    | { readonly dataset: string; readonly point: string }
    | { readonly boundaries: 'county' | 'town' | 'village' | 'grid' }
    | { readonly hook: string }
  /** Properties in the tile. */
  readonly properties: readonly string[]
  /** Colour by a property: the first step whose `from` is not above the value. */
  readonly colours?: {
    readonly property: string
    readonly steps: readonly { readonly from: number; readonly colour: string; readonly title: Words }[]
    readonly missing: string
  }
  /** Page of a feature; `{id}` is filled in. */
  readonly page?: string
  /** Topic of events after which the tiles are made again. */
  readonly refreshOn?: readonly string[]
}

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly layers?: readonly Layer[]
  }
}

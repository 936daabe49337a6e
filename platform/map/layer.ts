import type { Words } from '#runtime'

/** What a module shows on the map. */
export interface Layer {
  /** `<module>.<noun>`, e.g. `air.stations`. */
  readonly id: string
  readonly title: Words
  readonly geometry: 'point' | 'line' | 'polygon'
  /**
   * Right to see it; a layer without one is for anybody signed in. A right that reaches less than the city shows only
   * features whose property `division` lies in the reader's own, if that is among `properties`.
   */
  readonly right?: string
  /** Rows of a dataset with a `point` field, the boundaries, or features made by a hook of the module. */
  readonly source:
    | { readonly dataset: string; readonly point: string }
    | { readonly boundaries: Level }
    | { readonly hook: string }
  /** Properties in the tile. */
  readonly properties: readonly string[]
  /** Colour by a property: the first step whose `from` is not above the value, so listed from the highest down. */
  readonly colours?: {
    readonly property: string
    readonly steps: readonly { readonly from: number; readonly colour: string; readonly title: Words }[]
    readonly missing: string
  }
  /** Not shown on the common map and the wall until a reader switches it on. */
  readonly hidden?: true
  /** Page of a feature; `{id}` is filled in. */
  readonly page?: string
  /** Topic of events after which the tiles are made again. */
  readonly refreshOn?: readonly string[]
}

/** Levels of boundaries from the widest down; `city` shows the neighbours and holds no point. */
export type Level = 'city' | 'county' | 'town' | 'village' | 'grid'

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly layers?: readonly Layer[]
  }
}

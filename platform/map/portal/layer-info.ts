import type { Words } from '../../runtime/words.ts'

/** A layer as `GET /api/map/layers` tells it. */
export interface LayerInfo {
  readonly id: string
  readonly module: string
  readonly moduleTitle: Words
  readonly title: Words
  readonly geometry: 'point' | 'line' | 'polygon'
  readonly properties: readonly string[]
  readonly colours?: Colours
  readonly page?: string
  readonly hidden?: boolean
  readonly refreshOn: readonly string[]
  readonly tiles: string
  readonly version: string | null
  readonly count: number | null
  readonly updating: boolean
}

export interface Colours {
  readonly property: string
  readonly steps: readonly { readonly from: number; readonly colour: string; readonly title: Words }[]
  readonly missing: string
}

/** A thing on the map. */
export interface FeatureRef {
  readonly layer: string
  readonly id: string
}

/** A thing on the map with what its layer tells of it. */
export interface PickedFeature extends FeatureRef {
  readonly properties: Readonly<Record<string, unknown>>
  readonly place: [number, number]
}

/** What to call a feature. */
export function nameOf(properties: Readonly<Record<string, unknown>>, language: 'zh' | 'en'): string {
  const { id, name, name_en: english, title } = properties
  return String((language === 'en' && english) || name || title || id || '—')
}

/** The step a feature falls into, with its value; undefined where the layer has no colours. */
export function stepOf(layer: LayerInfo, properties: Readonly<Record<string, unknown>>) {
  const { colours } = layer
  if (!colours) return undefined
  const value = properties[colours.property]
  const step = typeof value === 'number' ? colours.steps.find(({ from }) => value >= from) : undefined
  return { value, colour: step?.colour ?? colours.missing, title: step?.title ?? NO_DATA }
}

export const NO_DATA: Words = { zh: '无数据', en: 'No data' }

export const pageOf = (layer: LayerInfo, id: string): string | undefined =>
  layer.page?.replaceAll('{id}', encodeURIComponent(id))

import { createHash, type Hash } from 'node:crypto'
import type { Feature } from 'geojson'
import GeoJSONVT, { type LegacyFeature } from 'geojson-vt'
import vtpbf from 'vt-pbf'
import { labelPoint } from './label-point.ts'
import type { Finished, Listed } from './tile-messages.ts'

const EXTENT = 4096
const DEEPEST = 16
/** Points that are drawn one by one in a tile; beyond, one stands for all in its cell of 1/64 of the tile. */
const CROWD = 4_000
const CELL = EXTENT / 64

interface Indexes {
  readonly features: GeoJSONVT
  /** One point for each area, where its name belongs. */
  readonly labels: GeoJSONVT
}

/** Tiles of one layer, cut from an index in memory. */
export class TileIndex {
  readonly #layer: string
  readonly #features: Feature[] = []
  readonly #hash: Hash = createHash('sha256')
  /** One index for every reach that readers have; the whole city is ''. */
  readonly #indexes = new Map<string, Indexes>()

  constructor(layer: string) {
    this.#layer = layer
  }

  add(features: readonly Feature[]): void {
    for (const feature of features) {
      this.#features.push(feature)
      this.#hash.update(JSON.stringify(feature))
    }
  }

  finish(): Finished {
    this.#index('')
    return { version: this.#hash.digest('hex').slice(0, 16), count: this.#features.length }
  }

  /**
   * An encoded Mapbox Vector Tile 2.1; empty where nothing lies. The layer has its own name, and `<name>:label` holds
   * a point for each area.
   */
  tile(z: number, x: number, y: number, within: string): Uint8Array {
    const { features, labels } = this.#index(within)
    const tile = features.getTile(z, x, y)
    if (!tile || tile.features.length === 0) return new Uint8Array()
    const names = labels.getTile(z, x, y)?.features ?? []
    const layers = {
      [this.#layer]: { features: thinned(tile.features) },
      ...(names.length > 0 ? { [`${this.#layer}:label`]: { features: names } } : {}),
    }
    return vtpbf.fromGeojsonVt(layers, { version: 2, extent: EXTENT })
  }

  list(within: string, limit: number): Listed {
    const features = this.#within(within)
    return { features: features.slice(0, limit), total: features.length }
  }

  #index(within: string): Indexes {
    const known = this.#indexes.get(within)
    if (known) return known
    const features = this.#within(within)
    const labels = features.flatMap((feature) => labelPoint(feature) ?? [])
    const made = { features: indexOf(features), labels: indexOf(labels) }
    this.#indexes.set(within, made)
    return made
  }

  #within(prefix: string): readonly Feature[] {
    if (!prefix) return this.#features
    return this.#features.filter(({ properties }) => String(properties?.division ?? '').startsWith(prefix))
  }
}

const indexOf = (features: readonly Feature[]): GeoJSONVT =>
  new GeoJSONVT(
    { type: 'FeatureCollection', features: [...features] },
    { maxZoom: DEEPEST, indexMaxZoom: 8, indexMaxPoints: 20_000, extent: EXTENT, buffer: 64, tolerance: 3 },
  )

function thinned(features: readonly LegacyFeature[]): readonly LegacyFeature[] {
  if (features.length <= CROWD || features[0]?.type !== 1) return features
  const cells = new Map<number, { feature: LegacyFeature; count: number }>()
  for (const feature of features) {
    const [x = 0, y = 0] = feature.type === 1 ? (feature.geometry[0] ?? []) : []
    const cell = Math.floor(x / CELL) * 1000 + Math.floor(y / CELL)
    const held = cells.get(cell)
    if (held) held.count++
    else cells.set(cell, { feature, count: 1 })
  }
  return [...cells.values()].map(({ feature, count }) => ({ ...feature, tags: { ...feature.tags, count } }))
}

import type { Feature } from 'geojson'
import type { App } from '#runtime'
import type { Features } from '../contract.ts'
import { type Boundary, boundariesInForce } from './boundary.ts'
import { datasetFeatures } from './dataset-features.ts'
import type { PreparedLayer } from './prepare-layers.ts'

/** The features of a layer now, in pieces. */
export async function* featuresOf(
  app: App,
  layer: PreparedLayer,
  hooks: ReadonlyMap<string, Features>,
): AsyncGenerator<readonly Feature[]> {
  const { source } = layer
  if ('boundaries' in source) {
    const inForce = await boundariesInForce(app.db)
    yield inForce.filter(({ level }) => level === source.boundaries).map(featureOf)
  } else if ('dataset' in source) {
    if (layer.dataset) yield* datasetFeatures(app, layer, layer.dataset, source.point)
  } else {
    const features = (await hooks.get(source.hook)?.(app)) ?? []
    for (let at = 0; at < features.length; at += PIECE)
      yield features.slice(at, at + PIECE).map((feature) => trimmed(feature, layer))
  }
}

/** Small enough that handing a piece to the worker does not hold up requests. */
const PIECE = 2_000

function featureOf({ code, name, nameEn, geometry }: Boundary): Feature {
  return { type: 'Feature', geometry, properties: { id: code, code, name, name_en: nameEn ?? name } }
}

/** Only what the layer declares leaves the server. */
function trimmed(feature: Feature, layer: PreparedLayer): Feature {
  const entries = ['id', ...layer.properties].map((name) => [name, feature.properties?.[name] ?? null])
  return { type: 'Feature', geometry: feature.geometry, properties: Object.fromEntries(entries) }
}

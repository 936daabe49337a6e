import { type AnyDataset, fieldMeta } from '#platform/registry'
import { type App, type Module, StartError } from '#runtime'
import type { Layer } from '../layer.ts'

/** A declared layer with what the map needs to draw it. */
export interface PreparedLayer extends Layer {
  readonly module: Module
  /** Of a layer whose source is one. */
  readonly dataset?: AnyDataset
}

/**
 * Every declared layer. One of a dataset also carries `division`, if the dataset limits its rows by one, so that it
 * shows no more than the dataset itself does.
 * @throws StartError for a layer of a dataset that could show too much
 */
export function prepareLayers(app: App): PreparedLayer[] {
  const datasets = new Map<string, AnyDataset>(app.declared('datasets').map(({ entry }) => [entry.id, entry]))
  return app.declared('layers').map(({ module, entry }) => {
    const layer: Layer = entry
    if (!('dataset' in layer.source)) return { ...layer, module }
    const dataset = datasets.get(layer.source.dataset)
    const wrong = dataset ? faultOf(layer, dataset, layer.source.point) : 'names no declared dataset'
    if (!dataset || wrong) throw new StartError(`Layer "${layer.id}" of "${layer.source.dataset}" ${wrong}.`)
    const properties = dataset.scope?.division ? [...new Set([...layer.properties, 'division'])] : layer.properties
    return { ...layer, module, dataset, properties }
  })
}

function faultOf(layer: Layer, dataset: AnyDataset, point: string): string | undefined {
  const meta = (name: string) => fieldMeta(dataset.schema.properties[name])
  if (meta(point)?.kind !== 'point') return `takes its places from "${point}", which is no point field`
  for (const name of [point, ...layer.properties]) {
    if (!meta(name) && name !== 'division') return `shows "${name}", which is no field`
    if (meta(name)?.personal || meta(name)?.sealed)
      return `shows "${name}", which is personal; a map keeps no record of readers`
  }
  if (dataset.level !== 'public' && !layer.right) return 'needs a right, because the dataset is not public'
  const { scope } = dataset
  if (scope && !scope.division) return 'is limited by more than a division, which a map cannot follow'
  return undefined
}

import type { ExpressionSpecification, LayerSpecification, Map as MapLibre, VectorTileSource } from 'maplibre-gl'
import type { LayerInfo } from './layer-info.ts'
import { SELECTED } from './selected-colour.ts'

const DEEPEST_TILES = 16

/** Brings the map's sources and layers in line with what should be shown; nothing else is touched. */
export function showLayers(map: MapLibre, layers: readonly LayerInfo[], shown: readonly string[]): void {
  for (const layer of layers) {
    const source = map.getSource(layer.id) as VectorTileSource | undefined
    const tiles = location.origin + layer.tiles
    if (source) {
      if (layer.version && source.tiles?.[0] !== tiles) source.setTiles([tiles])
    } else {
      map.addSource(layer.id, { type: 'vector', tiles: [tiles], maxzoom: DEEPEST_TILES, promoteId: 'id' })
    }
    if (layer.module === 'map') continue
    for (const drawn of drawingOf(layer)) {
      if (!map.getLayer(drawn.id)) map.addLayer(drawn)
      map.setLayoutProperty(drawn.id, 'visibility', shown.includes(layer.id) ? 'visible' : 'none')
    }
  }
}

/** Ids of the drawn layers in which features can be picked. */
export const pickable = (map: MapLibre, shown: readonly string[]): string[] =>
  shown.flatMap((id) => [`${id}:body`, `${id}:edge`]).filter((id) => map.getLayer(id))

function drawingOf(layer: LayerInfo): LayerSpecification[] {
  const place = { source: layer.id, 'source-layer': layer.id }
  const colour = colourOf(layer)
  const chosen: ExpressionSpecification = ['boolean', ['feature-state', 'selected'], false]
  const edge: LayerSpecification = {
    ...{ id: `${layer.id}:edge`, type: 'line', ...place },
    paint: {
      'line-color': ['case', chosen, SELECTED, colour],
      'line-width': ['case', chosen, 4, layer.geometry === 'line' ? 2.5 : 1.2],
    },
  }
  if (layer.geometry === 'line') return [edge]
  if (layer.geometry === 'polygon') {
    const paint = { 'fill-color': colour, 'fill-opacity': 0.45 } as const
    return [{ id: `${layer.id}:body`, type: 'fill', ...place, paint }, edge]
  }
  const crowd: ExpressionSpecification = ['min', 6, ['log10', ['coalesce', ['get', 'count'], 1]]]
  const size = (base: number): ExpressionSpecification => ['+', base, ['*', 2, crowd]]
  return [
    {
      ...{ id: `${layer.id}:body`, type: 'circle', ...place },
      paint: {
        'circle-color': colour,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 7, size(5), 13, size(9)],
        'circle-stroke-color': ['case', chosen, SELECTED, '#ffffff'],
        'circle-stroke-width': ['case', chosen, 4, 1.5],
      },
    },
  ]
}

const PLAIN = '#1677ff'

function colourOf({ colours }: LayerInfo): ExpressionSpecification | string {
  if (!colours) return PLAIN
  const value: ExpressionSpecification = ['get', colours.property]
  const steps = colours.steps.flatMap(({ from, colour }) => [['>=', value, from], colour])
  const isNumber = ['==', ['typeof', value], 'number']
  return ['case', ['!', isNumber], colours.missing, ...steps, colours.missing] as unknown as ExpressionSpecification
}

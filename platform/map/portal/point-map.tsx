import { Flex, Skeleton } from 'antd'
import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Attribution } from './attribution.tsx'
import type { PickedFeature } from './layer-info.ts'

const MapCanvas = lazy(() => import('./map-canvas.tsx').then((m) => ({ default: m.MapCanvas })))

export interface MapPoint {
  readonly id: string
  readonly lng: number
  readonly lat: number
}

export interface PointMapProps {
  readonly points: readonly MapPoint[]
  /** Told of the id of the point that was picked. */
  readonly onPick?: (id: string | undefined) => void
  /** CSS height; `60vh` unless said. */
  readonly height?: number | string
}

const SOURCE = 'points'
const MARGIN = { padding: 48, maxZoom: 12, animate: false } as const

/** Points of a page's own on the base map; for public pages too. The page shows the same as a table or list. */
export function PointMap({ points, onPick, height = '60vh' }: PointMapProps) {
  const [map, setMap] = useState<MapLibre>()
  useEffect(() => {
    if (map) showPoints(map, points)
  }, [map, points])
  return (
    <Flex vertical gap="small" style={{ minWidth: 0 }}>
      <div style={{ position: 'relative', height, minHeight: 260, borderRadius: 6, overflow: 'hidden' }}>
        <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: '100%' }} />}>
          <MapCanvas
            layers={NONE}
            shown={SHOWN}
            onPick={(feature: PickedFeature | undefined) => onPick?.(feature?.id)}
            onReady={setMap}
          />
        </Suspense>
      </div>
      <Attribution />
    </Flex>
  )
}

const NONE: readonly never[] = []
const SHOWN = [SOURCE]

function showPoints(map: MapLibre, points: readonly MapPoint[]): void {
  const data: FeatureCollection = {
    type: 'FeatureCollection',
    features: points.map(({ id, lng, lat }) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties: { id },
    })),
  }
  const source = map.getSource(SOURCE) as GeoJSONSource | undefined
  if (source) source.setData(data)
  else {
    map.addSource(SOURCE, { type: 'geojson', data })
    const paint = {
      'circle-color': '#c25700',
      'circle-radius': 6,
      'circle-stroke-color': '#fff',
      'circle-stroke-width': 1.5,
    }
    map.addLayer({ id: `${SOURCE}:body`, type: 'circle', source: SOURCE, paint })
  }
  const [first] = points
  if (!first) return
  const lngs = points.map(({ lng }) => lng)
  const lats = points.map(({ lat }) => lat)
  map.fitBounds([Math.min(...lngs), Math.min(...lats), Math.max(...lngs), Math.max(...lats)], MARGIN)
}

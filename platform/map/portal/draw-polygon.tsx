import { Button, Flex, Typography } from 'antd'
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { useEffect, useState } from 'react'
import { useWords } from '#portal/ui'
import { CityMap } from './city-map.tsx'
import { SELECTED } from './selected-colour.ts'

type Point = readonly [number, number]

/** Draws one area: a click or the button adds a corner, the line closes by itself. */
export function DrawPolygon(props: {
  readonly points: readonly Point[]
  readonly onChange: (points: readonly Point[]) => void
}) {
  const { points, onChange } = props
  const t = useWords()
  const [map, setMap] = useState<MapLibre>()
  useEffect(() => {
    if (!map) return
    const add = ({ lngLat }: { lngLat: { lng: number; lat: number } }) => onChange([...points, pointOf(lngLat)])
    map.on('click', add)
    return () => {
      map.off('click', add)
    }
  }, [map, points, onChange])
  useEffect(() => {
    if (map) sketch(map, points)
  }, [map, points])
  return (
    <Flex vertical gap="small">
      <Typography.Text>
        {t({
          zh: '点击地图加一个角点；也可用方向键把地图移到位，再按“在中心加点”。至少三个点，首尾自动相连。',
          en: 'Click the map to add a corner, or move it with the arrow keys and press "Add at centre". Three corners at least; the ends join by themselves.',
        })}
      </Typography.Text>
      <CityMap layers={[]} height={360} onReady={setMap} />
      <Flex wrap gap="small" align="center">
        <Button disabled={!map} onClick={() => map && onChange([...points, pointOf(map.getCenter())])}>
          {t({ zh: '在中心加点', en: 'Add at centre' })}
        </Button>
        <Button disabled={points.length === 0} onClick={() => onChange(points.slice(0, -1))}>
          {t({ zh: '撤销一点', en: 'Undo a corner' })}
        </Button>
        <Button disabled={points.length === 0} onClick={() => onChange([])}>
          {t({ zh: '全部清除', en: 'Clear' })}
        </Button>
        <span role="status">{t({ zh: `已有 ${points.length} 个点`, en: `${points.length} corners` })}</span>
      </Flex>
    </Flex>
  )
}

const pointOf = ({ lng, lat }: { lng: number; lat: number }): Point => [Number(lng.toFixed(6)), Number(lat.toFixed(6))]

function sketch(map: MapLibre, points: readonly Point[]): void {
  const corners = points.map((point) => [...point])
  const shape =
    corners.length < 3
      ? { type: 'LineString' as const, coordinates: corners.length < 2 ? [] : corners }
      : { type: 'Polygon' as const, coordinates: [[...corners, corners[0] ?? []]] }
  const dots = corners.map((coordinates) => ({
    ...{ type: 'Feature' as const, properties: {}, geometry: { type: 'Point' as const, coordinates } },
  }))
  const data = {
    type: 'FeatureCollection' as const,
    features: [...(corners.length < 2 ? [] : [{ type: 'Feature' as const, properties: {}, geometry: shape }]), ...dots],
  }
  const source = map.getSource<GeoJSONSource>('sketch')
  if (source) {
    void source.setData(data)
    return
  }
  map.addSource('sketch', { type: 'geojson', data })
  const onlyAreas = ['==', ['geometry-type'], 'Polygon'] as ['==', ['geometry-type'], 'Polygon']
  const paint = { 'fill-color': SELECTED, 'fill-opacity': 0.2 }
  map.addLayer({ id: 'sketch-body', type: 'fill', source: 'sketch', filter: onlyAreas, paint })
  map.addLayer({
    id: 'sketch-edge',
    type: 'line',
    source: 'sketch',
    paint: { 'line-color': SELECTED, 'line-width': 2 },
  })
  map.addLayer({
    id: 'sketch-dot',
    type: 'circle',
    source: 'sketch',
    paint: { 'circle-color': SELECTED, 'circle-radius': 5 },
  })
}

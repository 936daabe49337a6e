import { Button, Checkbox, Flex, Skeleton } from 'antd'
import type { Map as MapLibre } from 'maplibre-gl'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { DataState, useWords } from '#portal/ui'
import { Attribution } from './attribution.tsx'
import { FeatureCard } from './feature-card.tsx'
import { FeatureList } from './feature-list.tsx'
import type { FeatureRef, LayerInfo, PickedFeature } from './layer-info.ts'
import { Legend } from './legend.tsx'
import { useLayers } from './use-layers.ts'

const MapCanvas = lazy(() => import('./map-canvas.tsx').then((m) => ({ default: m.MapCanvas })))

export interface CityMapProps {
  /** Ids of the layers to offer; every layer that the reader may see unless said. */
  readonly layers?: readonly string[]
  readonly selected?: FeatureRef | undefined
  /** Told of the feature that was picked, or of nothing when the card is closed. */
  readonly onSelect?: (feature: PickedFeature | undefined) => void
  /** CSS height; `60vh` unless said. */
  readonly height?: number | string
  /** Only the map and its legend, for a wall. */
  readonly still?: boolean
  /** The MapLibre map once it is there, for what a page adds itself. */
  readonly onReady?: (map: MapLibre) => void
}

/** The city with the modules' layers: switch, legend, card of the thing picked, and the same as a list. */
export function CityMap(props: CityMapProps) {
  const query = useLayers()
  return (
    <DataState query={query} isEmpty={() => false}>
      {(all) => <MapWithLayers {...props} all={all} />}
    </DataState>
  )
}

function MapWithLayers(props: CityMapProps & { readonly all: readonly LayerInfo[] }) {
  const { all, layers, selected, onSelect, height = '60vh', still, onReady } = props
  const t = useWords()
  const [hidden, setHidden] = useState<readonly string[]>(() =>
    layers ? [] : all.filter((layer) => layer.hidden).map(({ id }) => id),
  )
  const [picked, setPicked] = useState<PickedFeature>()
  const [asList, setAsList] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const wanted = layers?.join()
  const offered = useMemo(
    () => all.filter(({ id, module }) => (wanted === undefined ? module !== 'map' : wanted.split(',').includes(id))),
    [all, wanted],
  )
  const shown = useMemo(() => offered.filter(({ id }) => !hidden.includes(id)), [offered, hidden])
  const ids = useMemo(() => shown.map(({ id }) => id), [shown])
  const layerOf = all.find(({ id }) => id === picked?.layer)
  const pick = (feature: PickedFeature | undefined) => {
    setPicked(feature)
    onSelect?.(feature)
  }
  const pickInList = (feature: PickedFeature) => {
    pick(feature)
    frame.current?.scrollIntoView({ block: 'center' })
  }
  return (
    <Flex vertical gap="small" style={{ minWidth: 0 }}>
      {!still && offered.length > 0 && (
        <Checkbox.Group
          aria-label={t({ zh: '图层', en: 'Layers' })}
          value={ids}
          options={offered.map(({ id, title }) => ({ value: id, label: t(title) }))}
          onChange={(on) => setHidden(offered.map(({ id }) => id).filter((id) => !on.includes(id)))}
        />
      )}
      <div
        ref={frame}
        style={{ position: 'relative', height, minHeight: still ? 0 : 260, borderRadius: 6, overflow: 'hidden' }}
      >
        <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: '100%' }} />}>
          <MapCanvas
            layers={all}
            shown={ids}
            selected={picked ?? selected}
            onPick={pick}
            focus={picked?.place}
            onReady={onReady}
            still={still}
          />
        </Suspense>
        {picked && layerOf && <FeatureCard layer={layerOf} feature={picked} onClose={() => pick(undefined)} />}
      </div>
      <Legend layers={shown} />
      {!still && (
        <Flex wrap justify="space-between" align="center" gap="small">
          <Attribution />
          {layers?.length !== 0 && (
            <Button aria-expanded={asList} onClick={() => setAsList(!asList)}>
              {asList ? t({ zh: '收起列表', en: 'Hide list' }) : t({ zh: '以列表显示', en: 'Show as list' })}
            </Button>
          )}
        </Flex>
      )}
      {asList &&
        (shown.length > 0 ? shown : all.filter(({ id }) => id === 'map.county')).map((layer) => (
          <FeatureList key={layer.id} layer={layer} onPick={pickInList} />
        ))}
    </Flex>
  )
}

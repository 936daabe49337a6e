import { Map as MapLibre, NavigationControl, ScaleControl, type StyleSpecification, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { useEffect, useRef, useState } from 'react'
import { api, useDark, useLanguage } from '#portal/ui'
import type { FeatureRef, LayerInfo, PickedFeature } from './layer-info.ts'
import { pickable, showLayers } from './overlay.ts'
import { CANVAS, CONTROLS } from './words.ts'

setWorkerUrl(workerUrl)

const FINGER = 6
/** Screen height at which a wall's names have their plain size. */
const PLAIN_HEIGHT = 900
const FIT = { padding: 24, animate: false } as const

export interface MapCanvasProps {
  readonly layers: readonly LayerInfo[]
  /** Ids of the layers to show. */
  readonly shown: readonly string[]
  readonly selected?: FeatureRef | undefined
  readonly onPick?: ((feature: PickedFeature | undefined) => void) | undefined
  /** Where to look; a new value flies there. */
  readonly focus?: readonly [number, number] | undefined
  /** The map once its style is there, for what a page adds itself. */
  readonly onReady?: ((map: MapLibre) => void) | undefined
  /** Without controls and reactions, for a wall. */
  readonly still?: boolean | undefined
}

type BaseStyle = StyleSpecification & { readonly metadata: { readonly bounds?: [number, number, number, number] } }

/** The map itself; everything around it is in `CityMap`. Loaded when needed: it brings MapLibre. */
export function MapCanvas({ layers, shown, selected, onPick, focus, onReady, still }: MapCanvasProps) {
  const box = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<MapLibre>()
  const { language } = useLanguage()
  const dark = useDark()
  const latest = useRef({ layers, shown, onPick, onReady })
  latest.current = { layers, shown, onPick, onReady }

  useEffect(() => {
    let made: MapLibre | undefined
    let isGone = false
    const theme = dark ? 'dark' : 'light'
    void api.get<BaseStyle>('/api/map/style.json', { theme, language }).then((style) => {
      if (isGone || !box.current) return
      made = make(box.current, style, language, still === true)
      const fresh = made
      fresh.on('load', () => {
        setMap(fresh)
        latest.current.onReady?.(fresh)
      })
      fresh.on('click', ({ point, lngLat }) => {
        const around: [[number, number], [number, number]] = [
          [point.x - FINGER, point.y - FINGER],
          [point.x + FINGER, point.y + FINGER],
        ]
        const [hit] = fresh.queryRenderedFeatures(around, { layers: pickable(fresh, latest.current.shown) })
        const place: [number, number] = [lngLat.lng, lngLat.lat]
        const { properties = {}, source = '' } = hit ?? {}
        latest.current.onPick?.(hit && { layer: source, id: String(properties.id), properties, place })
      })
    })
    return () => {
      isGone = true
      setMap(undefined)
      made?.remove()
    }
  }, [language, dark, still])

  useEffect(() => {
    if (map) showLayers(map, layers, shown)
  }, [map, layers, shown])

  useEffect(() => {
    if (!map || !selected || !map.getSource(selected.layer)) return
    const place = { source: selected.layer, sourceLayer: selected.layer, id: selected.id }
    map.setFeatureState(place, { selected: true })
    return () => {
      if (map.style && map.getSource(selected.layer)) map.removeFeatureState(place, 'selected')
    }
  }, [map, selected])

  useEffect(() => {
    if (map && focus) map.flyTo({ center: [...focus], zoom: Math.max(map.getZoom(), 11) })
  }, [map, focus])

  return <div ref={box} style={{ position: 'absolute', inset: 0 }} />
}

function make(container: HTMLElement, style: BaseStyle, language: 'zh' | 'en', isStill: boolean): MapLibre {
  for (const source of Object.values(style.sources))
    if (source.type === 'vector') source.tiles = source.tiles?.map((tiles) => location.origin + tiles) ?? []
  if (isStill) enlarge(style)
  const { bounds } = style.metadata
  const map = new MapLibre({
    ...{ container, style, attributionControl: false, dragRotate: false, maxPitch: 0, minZoom: 5, maxZoom: 19 },
    ...(bounds ? { bounds, fitBoundsOptions: FIT } : {}),
    locale: Object.fromEntries(Object.entries(CONTROLS).map(([id, words]) => [id, words[language]])),
    interactive: !isStill,
  })
  map.touchZoomRotate.disableRotation()
  map.getCanvas().setAttribute('aria-label', CANVAS[language])
  if (!isStill) map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left')
  return map
}

/** Names on a wall grow with it, so that they are read from the same distance in rows. */
function enlarge(style: BaseStyle): void {
  const times = Math.max(1, innerHeight / PLAIN_HEIGHT)
  for (const layer of style.layers)
    if (layer.type === 'symbol')
      layer.layout = { ...layer.layout, 'text-size': times * Number(layer.layout?.['text-size']) }
}

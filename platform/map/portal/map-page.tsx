import { PageFrame } from '#portal/ui'
import { CityMap } from './city-map.tsx'

/** The city's map with every layer that the reader may see. */
export function MapPage() {
  return (
    <PageFrame
      title={{ zh: '地图', en: 'Map' }}
      about={{ zh: '各系统的图层，随数据实时更新', en: 'Layers of all systems, as live as their data' }}
    >
      <CityMap height="max(360px, calc(100vh - 330px))" />
    </PageFrame>
  )
}

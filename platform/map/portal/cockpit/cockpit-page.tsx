import { CityMap } from '../city-map.tsx'

export function CockpitPage() {
  return <CityMap still height="100vh" />
}

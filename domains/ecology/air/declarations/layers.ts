import type { Layer } from '#platform/map'
import { words } from '#runtime'
import { HJ633_LEVELS } from '../rules/hj633-levels.ts'

/** Lowest index of each level, from the gravest down, with the colours of HJ 633. */
const steps = HJ633_LEVELS.map(({ rgb, title }, at) => ({
  from: at === 0 ? 0 : (HJ633_LEVELS[at - 1]?.upTo ?? 0) + 1,
  colour: `rgb(${rgb.join(', ')})`,
  title,
})).toReversed()

export const airLayers: readonly Layer[] = [
  {
    id: 'air.stations',
    title: words('空气质量站点', 'Air stations'),
    geometry: 'point',
    right: 'air.data.read',
    source: { hook: 'air.stations' },
    properties: ['name', 'name_en', 'aqi', 'level', 'primary', 'kind', 'at', 'division'],
    colours: { property: 'aqi', steps, missing: '#8c8c8c' },
    page: '/air/stations/{id}',
    refreshOn: ['air.hour.computed'],
  },
]

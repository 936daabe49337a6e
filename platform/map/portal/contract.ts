export { CityMap, type CityMapProps } from './city-map.tsx'
export { DivisionPicker } from './division-picker.tsx'
export type { FeatureRef, PickedFeature } from './layer-info.ts'
export { type MapPoint, PointMap, type PointMapProps } from './point-map.tsx'

import { useQuery } from '@tanstack/react-query'
import { api, useLiveQueries } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'

export interface Measure {
  readonly id: string
  readonly title: Words
  readonly unit: string
  readonly decimals: number
  readonly better: 'higher' | 'lower' | 'neither'
  readonly period: 'hour' | 'day' | 'month' | 'quarter' | 'year'
  readonly at: string
  readonly drill?: string
  readonly value: number | null
  readonly trend: readonly { readonly at: string; readonly value: number | null }[]
  readonly parts: readonly { readonly member: string; readonly name: Words; readonly value: number | null }[]
}

export interface OpenWarning {
  readonly id: string
  readonly title: Words
  readonly member: string
  readonly name: Words
  readonly level: 'blue' | 'yellow' | 'orange' | 'red'
  readonly openedAt: string
  readonly loop: string | null
}

interface Cockpit {
  readonly measures: readonly Measure[]
  readonly warnings: readonly OpenWarning[]
}

/** In case an event was missed. */
const AGAIN_MS = 60_000

/** Indicators and warnings of the wall, read again when either changes. */
export function useCockpit() {
  useLiveQueries(['indicators.'], ['map', 'cockpit'])
  return useQuery({
    queryKey: ['map', 'cockpit'],
    queryFn: () => api.get<Cockpit>('/api/map/cockpit'),
    refetchInterval: AGAIN_MS,
  })
}

export function shownValue(value: number | null, { decimals, unit }: Pick<Measure, 'decimals' | 'unit'>): string {
  if (value === null) return '—'
  return `${value.toFixed(decimals)}${unit === '1' ? '' : ` ${UNITS[unit] ?? unit}`}`
}

/** UCUM units as they are printed. */
const UNITS: Readonly<Record<string, string>> = { 'ug/m3': 'μg/m³', 'mg/m3': 'mg/m³', m2: 'm²', km2: 'km²' }

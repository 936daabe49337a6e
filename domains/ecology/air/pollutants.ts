import type { Words } from '#runtime'
import type { Pollutant } from './rules/types.ts'

export interface PollutantFacts {
  readonly title: Words
  /** As pages show it. */
  readonly unit: string
  /** UCUM. */
  readonly ucum: string
  readonly decimals: number
  /** What an instrument of the network can report; values outside are kept raw and never published. */
  readonly range: { readonly min: number; readonly max: number }
}

const micro = { unit: 'µg/m³', ucum: 'ug/m3', decimals: 0 } as const

/** The six pollutants of the index, as the whole system and its pages name them. */
export const POLLUTANT_FACTS: Readonly<Record<Pollutant, PollutantFacts>> = {
  pm25: { ...micro, title: { zh: 'PM2.5', en: 'PM2.5' }, range: { min: 0, max: 1000 } },
  pm10: { ...micro, title: { zh: 'PM10', en: 'PM10' }, range: { min: 0, max: 5000 } },
  so2: { ...micro, title: { zh: '二氧化硫', en: 'SO₂' }, range: { min: 0, max: 2620 } },
  no2: { ...micro, title: { zh: '二氧化氮', en: 'NO₂' }, range: { min: 0, max: 3840 } },
  co: {
    unit: 'mg/m³',
    ucum: 'mg/m3',
    decimals: 1,
    title: { zh: '一氧化碳', en: 'CO' },
    range: { min: 0, max: 150 },
  },
  o3: { ...micro, title: { zh: '臭氧', en: 'O₃' }, range: { min: 0, max: 1200 } },
}

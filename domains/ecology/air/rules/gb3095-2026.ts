import type { RuleNote } from '#platform/rules'
import { gb3095v2012 } from './gb3095-2012.ts'
import type { LimitPack } from './types.ts'

const NOTES: readonly RuleNote[] = [
  {
    text: {
      zh: '数据有效性要求沿用2012版数值，2026版条文待核。',
      en: 'Validity numbers are those of the 2012 edition; the 2026 text is to be checked.',
    },
    clause: null,
    verified: false,
  },
  {
    text: {
      zh: '气体参比状态298.15 K、1013.25 hPa；颗粒物为实测状态。',
      en: 'Gases at 298.15 K and 1013.25 hPa; particles at ambient state.',
    },
    clause: null,
    verified: true,
  },
]

const COMMON = {
  source: { document: 'GB 3095-2026', clause: 'limit tables' },
  locality: 'CN',
  notes: NOTES,
} as const

const LEAD_AND_BENZOPYRENE = {
  lead: { year: [0.5, 0.5], season: [1, 1] },
  benzopyrene: { year: [0.001, 0.001], '24h': [0.0025, 0.0025] },
} as const

/** Limits of the transition, 2026-03-01 to 2030-12-31. */
export const gb3095v2026Transitional: LimitPack = {
  ...COMMON,
  id: 'gb3095-2026-transitional',
  title: { zh: '环境空气质量标准（过渡期限值）', en: 'Ambient air quality standards, transitional limits' },
  validFrom: '2026-03-01',
  validTo: '2030-12-31',
  tables: {
    limits: {
      so2: { year: [20, 60], '24h': [50, 150], '1h': [150, 500] },
      no2: { year: [40, 40], '24h': [80, 80], '1h': [200, 200] },
      co: { '24h': [4, 4], '1h': [10, 10] },
      o3: { '8h': [100, 160], '1h': [160, 200] },
      pm10: { year: [40, 60], '24h': [50, 120] },
      pm25: { year: [15, 30], '24h': [35, 60] },
    },
    others: {
      tsp: { year: [80, 200], '24h': [120, 300] },
      nox: { year: [50, 50], '24h': [100, 100], '1h': [250, 250] },
      ...LEAD_AND_BENZOPYRENE,
    },
    validity: gb3095v2012.tables.validity,
  },
  vectors: [
    {
      title: 'PM2.5 of 35 met class 2 before',
      facts: { pollutant: 'pm25', period: 'year', value: 35 },
      expected: { class: 3 },
    },
    { title: 'PM10 day of 120', facts: { pollutant: 'pm10', period: '24h', value: 120 }, expected: { class: 2 } },
  ],
}

/** Final limits, from 2031-01-01. */
export const gb3095v2026Final: LimitPack = {
  ...COMMON,
  id: 'gb3095-2026-final',
  title: { zh: '环境空气质量标准', en: 'Ambient air quality standards, final limits' },
  validFrom: '2031-01-01',
  validTo: null,
  tables: {
    limits: {
      so2: { year: [20, 20], '24h': [50, 50], '1h': [150, 150] },
      no2: { year: [30, 30], '24h': [50, 50], '1h': [200, 200] },
      co: { '24h': [4, 4], '1h': [10, 10] },
      o3: { '8h': [100, 160], '1h': [160, 200] },
      pm10: { year: [20, 50], '24h': [50, 100] },
      pm25: { year: [10, 25], '24h': [25, 50] },
    },
    others: {
      tsp: { year: [80, 200], '24h': [120, 300] },
      nox: { year: [40, 40], '24h': [70, 70], '1h': [250, 250] },
      ...LEAD_AND_BENZOPYRENE,
    },
    validity: gb3095v2012.tables.validity,
  },
  vectors: [
    { title: 'PM2.5 of 26', facts: { pollutant: 'pm25', period: 'year', value: 26 }, expected: { class: 3 } },
    { title: 'NO₂ of 30', facts: { pollutant: 'no2', period: 'year', value: 30 }, expected: { class: 1 } },
  ],
}

import { hj633v2012 } from './hj633-2012.ts'
import type { IndexPack } from './types.ts'

export const hj633v2026: IndexPack = {
  id: 'hj633-2026',
  title: { zh: '环境空气质量指数（AQI）技术规定', en: 'Technical regulation on ambient air quality index' },
  source: { document: 'HJ 633-2026', clause: 'table of sub-indices and concentrations' },
  locality: 'CN',
  validFrom: '2026-03-01',
  validTo: null,
  tables: {
    ...hj633v2012.tables,
    breakpoints: {
      ...hj633v2012.tables.breakpoints,
      pm10_24h: [0, 50, 120, 250, 350, 420, 500, 600],
      pm25_24h: [0, 35, 60, 115, 150, 250, 350, 500],
    },
    beyond: { so2_1h: { rule: 'fixed', iaqi: 200 }, o3_8h: { rule: 'fixed', iaqi: 300 } },
    incompleteAbove: 100,
  },
  notes: [
    {
      text: {
        zh: '与2012版相比：PM10由150改为120、PM2.5由75改为60（分指数100处）；其余断点不变。',
        en: 'Against 2012: PM10 150 → 120 and PM2.5 75 → 60 at sub-index 100; all other break points are the same.',
      },
      clause: 'break-point table',
      verified: true,
    },
    {
      text: {
        zh: 'SO₂小时值高于800时分指数为200；O₃八小时值高于800时分指数为300。',
        en: 'SO₂ 1 h above 800 gives 200; O₃ 8 h above 800 gives 300.',
      },
      clause: 'break-point table, notes',
      verified: true,
    },
    {
      text: {
        zh: '缺项时仅当AQI大于100才发布，否则为NA；小时报是否同样适用待核。',
        en: 'With a pollutant missing, publish only when AQI > 100, else NA. That it binds the hourly report too is to be checked.',
      },
      clause: null,
      verified: false,
    },
    {
      text: { zh: '浓度超过最高一档时分指数取500。', en: 'Above the last break point the sub-index is 500.' },
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'PM2.5 of exactly 60 is 100',
      facts: { kind: 'daily', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: 80, pm25: 60 } },
      expected: { aqi: 100, level: 2, primary: ['pm25'] },
    },
    {
      title: 'PM2.5 of 75, 100 in the 2012 edition, is 114: 100 + 50·15/55 rounded up',
      facts: { kind: 'daily', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: 80, pm25: 75 } },
      expected: { aqi: 114, level: 3, primary: ['pm25'] },
    },
    {
      title: 'PM10 of exactly 120 is 100',
      facts: { kind: 'hourly', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: 120, pm25: 35 } },
      expected: { aqi: 100, level: 2, primary: ['pm10'] },
    },
    {
      title: 'hourly SO₂ above 800 is 200, whatever the 24 h mean',
      facts: {
        kind: 'hourly',
        values: { so2: 900, no2: 20, co: 1, o3: 90, pm10: 40, pm25: 30 },
        fallback: { so2: 475 },
      },
      expected: { aqi: 200, level: 4, primary: ['so2'] },
    },
    {
      title: 'O₃ 8 h above 800 is 300',
      facts: { kind: 'daily', values: { so2: 9, no2: 20, co: 1, o3: 810, pm10: 40, pm25: 30 } },
      expected: { aqi: 300, level: 5, primary: ['o3'] },
    },
    {
      title: 'a pollutant missing and 100 or less: NA',
      facts: { kind: 'daily', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: null, pm25: 60 } },
      expected: { aqi: null, level: null, primary: [] },
    },
    {
      title: 'a pollutant missing and above 100: published',
      facts: { kind: 'daily', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: null, pm25: 61 } },
      expected: { aqi: 101, level: 3, primary: ['pm25'] },
    },
  ],
}

import { HJ633_LEVELS } from './hj633-levels.ts'
import type { IndexPack } from './types.ts'

export const hj633v2012: IndexPack = {
  id: 'hj633-2012',
  title: {
    zh: '环境空气质量指数（AQI）技术规定（试行）',
    en: 'Technical regulation on ambient air quality index (on trial)',
  },
  source: { document: 'HJ 633-2012', clause: '4.1–4.4, table 1, table 2' },
  locality: 'CN',
  validFrom: '2016-01-01',
  validTo: '2026-02-28',
  tables: {
    iaqi: [0, 50, 100, 150, 200, 300, 400, 500],
    breakpoints: {
      so2_24h: [0, 50, 150, 475, 800, 1600, 2100, 2620],
      so2_1h: [0, 150, 500, 650, 800],
      no2_24h: [0, 40, 80, 180, 280, 565, 750, 940],
      no2_1h: [0, 100, 200, 700, 1200, 2340, 3090, 3840],
      co_24h: [0, 2, 4, 14, 24, 36, 48, 60],
      co_1h: [0, 5, 10, 35, 60, 90, 120, 150],
      o3_8h: [0, 100, 160, 215, 265, 800],
      o3_1h: [0, 160, 200, 300, 400, 800, 1000, 1200],
      pm10_24h: [0, 50, 150, 250, 350, 420, 500, 600],
      pm25_24h: [0, 35, 75, 115, 150, 250, 350, 500],
    },
    decimals: { so2: 0, no2: 0, co: 1, o3: 0, pm10: 0, pm25: 0 },
    hourly: { so2: 'so2_1h', no2: 'no2_1h', co: 'co_1h', o3: 'o3_1h', pm10: 'pm10_24h', pm25: 'pm25_24h' },
    daily: { so2: 'so2_24h', no2: 'no2_24h', co: 'co_24h', o3: 'o3_8h', pm10: 'pm10_24h', pm25: 'pm25_24h' },
    beyond: { so2_1h: { rule: 'column', column: 'so2_24h' }, o3_8h: { rule: 'column', column: 'o3_1h' } },
    primaryAbove: 50,
    exceedingAbove: 100,
    incompleteAbove: null,
    levels: HJ633_LEVELS,
  },
  notes: [
    {
      text: {
        zh: '小时报中颗粒物以小时值对照24小时栏：用2017、2018年全国2937个已发布指数验证，全部相符。',
        en: 'Hourly particles are read on the 24 h column: checked against 2937 published indices of 2017 and 2018, all equal.',
      },
      clause: '4.1',
      verified: true,
    },
    {
      text: {
        zh: 'SO₂小时值、O₃八小时值高于800时，分别改按24小时、1小时平均浓度计算。',
        en: 'SO₂ 1 h above 800 is computed from the 24 h mean, O₃ 8 h above 800 from the 1 h mean.',
      },
      clause: 'table 1, notes 2 and 3',
      verified: true,
    },
    {
      text: {
        zh: '缺项时按已有项目发布：标准无明文，依据是已发布的小时数据（383条缺颗粒物仍发布）。',
        en: 'With a pollutant missing the index is published from the others: not stated, observed (383 published hours lack a particle value).',
      },
      clause: null,
      verified: false,
    },
    {
      text: { zh: '浓度超过最高一档时分指数取500。', en: 'Above the last break point the sub-index is 500.' },
      clause: null,
      verified: false,
    },
    {
      text: {
        zh: '自2016年1月1日起全国实施；74城市等先行地区更早。',
        en: 'In force nation-wide from 2016-01-01; pilot cities applied it earlier.',
      },
      clause: null,
      verified: true,
    },
  ],
  vectors: [
    {
      title: 'PM2.5 of exactly 75 is 100 and does not exceed',
      facts: { kind: 'daily', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: 80, pm25: 75 } },
      expected: { aqi: 100, level: 2, primary: ['pm25'] },
    },
    {
      title: 'PM2.5 of 76 rounds up to 102: 100 + 50/40',
      facts: { kind: 'daily', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: 80, pm25: 76 } },
      expected: { aqi: 102, level: 3, primary: ['pm25'] },
    },
    {
      title: 'two pollutants at the same sub-index are joint',
      facts: { kind: 'daily', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: 150, pm25: 75 } },
      expected: { aqi: 100, level: 2, primary: ['pm10', 'pm25'] },
    },
    {
      title: 'at 50 there is no primary pollutant',
      facts: { kind: 'daily', values: { so2: 10, no2: 20, co: 1, o3: 100, pm10: 50, pm25: 35 } },
      expected: { aqi: 50, level: 1, primary: [] },
    },
    {
      title: 'hourly SO₂ above 800 falls back to the 24 h mean',
      facts: {
        kind: 'hourly',
        values: { so2: 900, no2: 20, co: 1, o3: 90, pm10: 40, pm25: 30 },
        fallback: { so2: 475 },
      },
      expected: { aqi: 150, level: 3, primary: ['so2'] },
    },
    {
      title: 'O₃ 8 h above 800 falls back to the 1 h maximum',
      facts: { kind: 'daily', values: { so2: 9, no2: 20, co: 1, o3: 810, pm10: 40, pm25: 30 }, fallback: { o3: 1000 } },
      expected: { aqi: 400, level: 6, primary: ['o3'] },
    },
    {
      title: 'a missing pollutant does not stop the index',
      facts: { kind: 'hourly', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: null, pm25: 35 } },
      expected: { aqi: 50, level: 1, primary: [] },
    },
    {
      title: 'PM2.5 of 900 is capped',
      facts: { kind: 'hourly', values: { so2: 10, no2: 20, co: 1, o3: 90, pm10: 400, pm25: 900 } },
      expected: { aqi: 500, level: 6, primary: ['pm25'] },
    },
  ],
}

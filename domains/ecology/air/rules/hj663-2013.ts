import type { AnnualPack } from './types.ts'

export const hj663v2013: AnnualPack = {
  id: 'hj663-2013',
  title: {
    zh: '环境空气质量评价技术规范（试行）',
    en: 'Technical regulation for ambient air quality assessment (on trial)',
  },
  source: { document: 'HJ 663-2013', clause: '4.2, 5, 6, annex A' },
  locality: 'CN',
  validFrom: '2013-10-01',
  validTo: null,
  tables: {
    items: [
      { pollutant: 'so2', statistic: 'mean', percentile: null, limit: 'year' },
      { pollutant: 'so2', statistic: 'percentile', percentile: 98, limit: '24h' },
      { pollutant: 'no2', statistic: 'mean', percentile: null, limit: 'year' },
      { pollutant: 'no2', statistic: 'percentile', percentile: 98, limit: '24h' },
      { pollutant: 'pm10', statistic: 'mean', percentile: null, limit: 'year' },
      { pollutant: 'pm10', statistic: 'percentile', percentile: 95, limit: '24h' },
      { pollutant: 'pm25', statistic: 'mean', percentile: null, limit: 'year' },
      { pollutant: 'pm25', statistic: 'percentile', percentile: 95, limit: '24h' },
      { pollutant: 'co', statistic: 'percentile', percentile: 95, limit: '24h' },
      { pollutant: 'o3', statistic: 'percentile', percentile: 90, limit: '8h' },
    ],
    decimals: { so2: 0, no2: 0, co: 1, o3: 0, pm10: 0, pm25: 0 },
    multipleDecimals: 2,
  },
  notes: [
    {
      text: {
        zh: '百分位数：k = 1+(n−1)p，按相邻两数线性内插。',
        en: 'Percentile: k = 1+(n−1)p, linear between neighbours.',
      },
      clause: 'annex A',
      verified: true,
    },
    {
      text: {
        zh: 'HJ 663-2026 增加三年滑动平均和异常事件，条文待核；装入之前仍用本版。',
        en: 'HJ 663-2026 adds a three-year moving average and exceptional events; its text is to be read. This edition stays in use until it is loaded.',
      },
      clause: null,
      verified: false,
    },
    {
      text: { zh: '评价结果保留位数与超标倍数两位小数。', en: 'Decimals of results; two for the exceedance multiple.' },
      clause: '6',
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'k falls between two values: 1+4·0.9 = 4.6',
      facts: { values: [10, 20, 30, 40, 50], percentile: 90, decimals: 0 },
      expected: { value: 46 },
    },
    {
      title: 'a half rounds to the even neighbour: 44.5',
      facts: { values: [40, 45], percentile: 90, decimals: 0 },
      expected: { value: 44 },
    },
    {
      title: 'one value is every percentile',
      facts: { values: [7], percentile: 98, decimals: 0 },
      expected: { value: 7 },
    },
  ],
}

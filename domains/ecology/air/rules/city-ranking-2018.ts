import type { RankingPack } from './types.ts'

export const cityRanking2018: RankingPack = {
  id: 'city-ranking-2018',
  title: { zh: '城市环境空气质量排名技术规定', en: 'Technical provisions for ranking cities by air quality' },
  source: { document: '环办监测〔2018〕19号', clause: '三、排名方法' },
  locality: 'CN',
  validFrom: '2018-07-01',
  validTo: null,
  tables: {
    items: [
      { pollutant: 'so2', statistic: 'mean', percentile: null, limit: 'year' },
      { pollutant: 'no2', statistic: 'mean', percentile: null, limit: 'year' },
      { pollutant: 'pm10', statistic: 'mean', percentile: null, limit: 'year' },
      { pollutant: 'pm25', statistic: 'mean', percentile: null, limit: 'year' },
      { pollutant: 'co', statistic: 'percentile', percentile: 95, limit: '24h' },
      { pollutant: 'o3', statistic: 'percentile', percentile: 90, limit: '8h' },
    ],
    decimals: 2,
  },
  notes: [
    {
      text: {
        zh: '文号、施行日期和保留位数待核；2026年后以哪一期二级限值为分母待核。',
        en: 'Document number, date and decimals are to be checked, also which class 2 limits divide after 2026.',
      },
      clause: null,
      verified: false,
    },
    {
      text: {
        zh: '用一条公开月报核对（河源市2022年2月：3、13、16、13、CO 0.9、O₃ 87，公布1.73）：由已修约的浓度算得1.74，相差0.01。',
        en: 'Checked against one published month (Heyuan, 2022-02: 3, 13, 16, 13, CO 0.9, O₃ 87, published 1.73): the rounded concentrations give 1.74, 0.01 apart.',
      },
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'every pollutant at its class 2 limit of 2012 gives 6',
      facts: { values: { so2: 60, no2: 40, pm10: 70, pm25: 35, co: 4, o3: 160 }, limits: 'gb3095-2012' },
      expected: { index: 6 },
    },
  ],
}

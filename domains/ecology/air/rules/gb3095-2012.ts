import type { LimitPack } from './types.ts'

export const gb3095v2012: LimitPack = {
  id: 'gb3095-2012',
  title: { zh: '环境空气质量标准', en: 'Ambient air quality standards' },
  source: { document: 'GB 3095-2012', clause: '4.2, tables 1 and 2; 6.4, table 4' },
  locality: 'CN',
  validFrom: '2016-01-01',
  validTo: '2026-02-28',
  tables: {
    limits: {
      so2: { year: [20, 60], '24h': [50, 150], '1h': [150, 500] },
      no2: { year: [40, 40], '24h': [80, 80], '1h': [200, 200] },
      co: { '24h': [4, 4], '1h': [10, 10] },
      o3: { '8h': [100, 160], '1h': [160, 200] },
      pm10: { year: [40, 70], '24h': [50, 150] },
      pm25: { year: [15, 35], '24h': [35, 75] },
    },
    others: {
      tsp: { year: [80, 200], '24h': [120, 300] },
      nox: { year: [50, 50], '24h': [100, 100], '1h': [250, 250] },
      lead: { year: [0.5, 0.5], season: [1, 1] },
      benzopyrene: { year: [0.001, 0.001], '24h': [0.0025, 0.0025] },
    },
    validity: {
      dayHours: 20,
      eightHourHours: 6,
      dayEightHours: 14,
      eightHourEnds: [8, 24],
      monthDays: 27,
      februaryDays: 25,
      yearDays: 324,
    },
  },
  notes: [
    {
      text: {
        zh: '日均值至少20个小时值，8小时值至少6个小时值，年均值至少324个日均值且每月至少27个（二月25个）。',
        en: 'Day: at least 20 hours. 8 h: at least 6 hours. Year: at least 324 days and 27 in every month (25 in February).',
      },
      clause: '6.4, table 4',
      verified: false,
    },
    {
      text: {
        zh: '日最大8小时：当日8时至24时至少14个有效8小时值；不足14个但最大值超过限值时仍有效。限值取二级，待核。',
        en: 'Daily maximum 8 h: at least 14 valid 8 h means ending 08:00–24:00; fewer still count if the maximum exceeds the limit. Class 2 is taken as that limit: to be checked.',
      },
      clause: 'HJ 663-2013, 6.2.2',
      verified: false,
    },
    {
      text: {
        zh: '2018年9月1日起气体参比状态改为298.15 K、1013.25 hPa，颗粒物为实测状态。',
        en: 'From 2018-09-01 gases refer to 298.15 K and 1013.25 hPa, particles to ambient state.',
      },
      clause: '2018 amendment',
      verified: false,
    },
  ],
  vectors: [
    { title: 'a limit itself is met', facts: { pollutant: 'pm25', period: 'year', value: 35 }, expected: { class: 2 } },
    { title: 'above class 2', facts: { pollutant: 'pm25', period: 'year', value: 36 }, expected: { class: 3 } },
    { title: 'class 1 day of ozone', facts: { pollutant: 'o3', period: '8h', value: 100 }, expected: { class: 1 } },
  ],
}

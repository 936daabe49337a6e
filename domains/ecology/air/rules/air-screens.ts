import type { RulePack } from '#platform/rules'
import type { Pollutant } from './types.ts'

type PerPollutant = Readonly<Record<Pollutant, number>>

/** Thresholds of the screens. They are this product's configuration, from experience with hourly series, not from a standard. */
export interface ScreenTables {
  /** At least `hours` equal values in a row, counted only from `from` upward: near the detection limit equal values are natural. */
  readonly flatLine: { readonly hours: PerPollutant; readonly from: PerPollutant }
  /** At least `hours` zeros in a row. */
  readonly zeroRun: { readonly hours: PerPollutant }
  /** A step from one hour to the next of at least `step`, and at least `factor` times the smaller of the two values. */
  readonly jump: { readonly step: PerPollutant; readonly factor: number }
  /** Equal windows of at least `hours` with at least `distinct` different values. `earlierHours`: lags for the comparison with itself. */
  readonly copy: { readonly hours: number; readonly distinct: number; readonly earlierHours: readonly number[] }
  /** Windows of `hours` whose correlation reaches `correlation`, with at least `distinct` different values. */
  readonly scaledCopy: { readonly hours: number; readonly distinct: number; readonly correlation: number }
  /** PM2.5 above PM10 by more than `tolerance` µg/m³ in at least `hours` hours in a row. */
  readonly particles: { readonly hours: number; readonly tolerance: number }
  /** Screens whose findings open a matter at once; the others are listed for the eye. */
  readonly opens: readonly string[]
}

/** Hourly values of one pollutant at one station, oldest first. */
export interface ScreenFacts {
  readonly pollutant: Pollutant
  readonly values: readonly (number | null)[]
}

export type ScreenPack = RulePack<ScreenTables, ScreenFacts>

export const airScreens: ScreenPack = {
  id: 'air-screens',
  title: { zh: '空气监测数据异常筛查（配置）', en: 'Screens for suspicious air measurements (configuration)' },
  source: { document: 'Daizong', clause: 'configuration, not a standard' },
  locality: 'CN',
  validFrom: '2012-01-01',
  validTo: null,
  tables: {
    flatLine: {
      hours: { so2: 6, no2: 5, co: 8, o3: 5, pm10: 4, pm25: 4 },
      from: { so2: 10, no2: 10, co: 0.5, o3: 15, pm10: 10, pm25: 10 },
    },
    zeroRun: { hours: { so2: 6, no2: 3, co: 3, o3: 6, pm10: 1, pm25: 2 } },
    jump: { step: { so2: 300, no2: 150, co: 5, o3: 150, pm10: 400, pm25: 250 }, factor: 3 },
    copy: { hours: 6, distinct: 4, earlierHours: [24, 48, 168] },
    scaledCopy: { hours: 12, distinct: 8, correlation: 0.999999 },
    particles: { hours: 1, tolerance: 5 },
    opens: ['flat-line', 'copy', 'scaled-copy'],
  },
  notes: [
    {
      text: {
        zh: '阈值由用户按本地站点调整；筛查只提示核查，不等于认定造假。',
        en: 'Adjust the thresholds to local stations. A finding asks for a check; it is no verdict.',
      },
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'four equal hours of PM2.5 above the level where that is natural',
      facts: { pollutant: 'pm25', values: [20, 35, 35, 35, 35, 40] },
      expected: { findings: ['flat-line'] },
    },
    {
      title: 'a living curve',
      facts: { pollutant: 'pm25', values: [20, 35, 41, 38, 30, 26] },
      expected: { findings: [] },
    },
  ],
}

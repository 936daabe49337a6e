import { Type } from 'typebox'
import { type Rule, type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'
import { dailyIndex, hourlyIndex } from '../server/index/air-index.ts'
import { annualStatistic } from '../server/index/annual-evaluation.ts'
import { compositeIndex } from '../server/index/composite-index.ts'
import { roundFraction } from '../server/index/decimal.ts'
import { limitClass } from '../server/index/limit-class.ts'
import { flatLines, zeroRuns } from '../server/index/screen-flat-lines.ts'
import { jumps } from '../server/index/screen-jumps.ts'
import type { ScreenPack, ScreenTables } from './air-screens.ts'
import { heavyPollutionRule } from './heavy-pollution.ts'
import { ANNUAL_PACKS, INDEX_PACKS, LIMIT_PACKS, RANKING_PACKS, SCREEN_PACKS } from './packs.ts'
import { stationWarningRule } from './station-warning.ts'
import type {
  AnnualTables,
  IndexPack,
  IndexTables,
  LimitPack,
  LimitTables,
  Pollutant,
  RankingPack,
  RankingTables,
} from './types.ts'

const pollutant = Type.Enum(['so2', 'no2', 'co', 'o3', 'pm10', 'pm25'] satisfies Pollutant[], { title: '污染物' })
const concentration = Type.Optional(Type.Union([Type.Number(), Type.Null()]))
const values = Type.Object(
  {
    so2: concentration,
    no2: concentration,
    co: concentration,
    o3: concentration,
    pm10: concentration,
    pm25: concentration,
  },
  { title: '浓度（µg/m³，CO mg/m³）', additionalProperties: false },
)
/** Facts of the engine are read-only, those of a schema are not; nobody writes either. */
const editions = <T>(packs: readonly { readonly tables: T }[]) =>
  packs as readonly unknown[] as readonly RulePack<T, never>[]
/** The engine reads an edition's tables; which edition it was, the rules capability adds. */
const edition = <P extends RulePack>(tables: unknown): P => ({ id: '', tables }) as unknown as P

const indexRule = rule({
  id: 'air.index',
  title: words('环境空气质量指数（AQI）', 'Air quality index (AQI)'),
  facts: Type.Object({
    kind: Type.Enum(['hourly', 'daily'], { title: '小时报或日报' }),
    values,
    fallback: Type.Optional(values),
  }),
  result: Type.Object({
    aqi: Type.Union([Type.Integer(), Type.Null()]),
    level: Type.Union([Type.Integer(), Type.Null()]),
    primary: Type.Array(pollutant),
  }),
  packs: editions(INDEX_PACKS),
  evaluate: (tables: IndexTables, { kind, values: given, fallback }) => {
    const made = (kind === 'hourly' ? hourlyIndex : dailyIndex)(edition<IndexPack>(tables), given, fallback)
    const steps = made.subIndices.map((each) =>
      words(`${each.pollutant}：${each.explanation.zh}`, `${each.pollutant}: ${each.explanation.en}`),
    )
    return {
      result: { aqi: made.aqi, level: made.level?.level ?? null, primary: [...made.primary] },
      explanation: [...steps, ...(made.reason ? [made.reason] : [])],
    }
  },
})

const limitRule = rule({
  id: 'air.limits',
  title: words('环境空气质量标准限值', 'Ambient air quality limits'),
  facts: Type.Object({
    pollutant,
    period: Type.Enum(['year', '24h', '8h', '1h'], { title: '平均时间' }),
    value: Type.Number({ title: '浓度' }),
  }),
  result: Type.Object({ class: Type.Union([Type.Integer(), Type.Null()]) }),
  packs: editions(LIMIT_PACKS),
  evaluate: (tables: LimitTables, { pollutant: of, period, value }) => {
    const [first, second] = tables.limits[of][period] ?? []
    return {
      result: { class: limitClass(edition<LimitPack>(tables), of, period, value) },
      explanation: [
        words(`一级 ${first ?? '—'}，二级 ${second ?? '—'}`, `Class 1 ${first ?? '—'}, 2 ${second ?? '—'}`),
      ],
    }
  },
})

const annualRule = rule({
  id: 'air.annual',
  title: words('年评价统计量（百分位数）', 'Annual statistic (percentile)'),
  facts: Type.Object({
    values: Type.Array(Type.Number(), { title: '日均值', minItems: 1, maxItems: 400 }),
    percentile: Type.Integer({ title: '百分位', minimum: 0, maximum: 100 }),
    decimals: Type.Integer({ title: '小数位', minimum: 0, maximum: 3 }),
  }),
  result: Type.Object({ value: Type.Union([Type.Number(), Type.Null()]) }),
  packs: editions(ANNUAL_PACKS),
  evaluate: (_tables: AnnualTables, facts) => {
    const item = { pollutant: 'pm25', statistic: 'percentile', percentile: facts.percentile, limit: '24h' } as const
    const exactly = annualStatistic(item, facts.values)
    const place = `k = 1 + (${facts.values.length} − 1) × ${facts.percentile} %`
    return {
      result: { value: exactly && roundFraction(exactly, facts.decimals) },
      explanation: [words(place, place)],
    }
  },
})

const rankingRule = rule({
  id: 'air.ranking',
  title: words('环境空气质量综合指数', 'Composite index for ranking'),
  facts: Type.Object({ values, limits: Type.String({ title: '限值版本，如 gb3095-2012' }) }),
  result: Type.Object({ index: Type.Union([Type.Number(), Type.Null()]) }),
  packs: editions(RANKING_PACKS),
  evaluate: (tables: RankingTables, facts) => {
    const limits = LIMIT_PACKS.find(({ id }) => id === facts.limits) ?? LIMIT_PACKS[0]
    const { index, parts } = compositeIndex(edition<RankingPack>(tables), limits, facts.values)
    return {
      result: { index },
      explanation: parts.map(({ pollutant: of, ratio }) => words(`${of}：${ratio}`, `${of}: ${ratio}`)),
    }
  },
})

const screenRule = rule({
  id: 'air.screens',
  title: words('监测数据异常筛查', 'Screens for suspicious measurements'),
  facts: Type.Object({
    pollutant,
    values: Type.Array(Type.Union([Type.Number(), Type.Null()]), { title: '逐时值，旧的在前', maxItems: 1000 }),
  }),
  result: Type.Object({ findings: Type.Array(Type.String()) }),
  packs: editions(SCREEN_PACKS),
  evaluate: (tables: ScreenTables, facts) => {
    const pack = edition<ScreenPack>(tables)
    const series = { station: '', pollutant: facts.pollutant, times: [], values: facts.values }
    const found = [flatLines, zeroRuns, jumps].flatMap((screen) => screen(pack, series))
    return {
      result: { findings: found.map(({ screen }) => screen) },
      explanation: found.map(({ message }) => message),
    }
  },
})

/** Every question that air's standards answer, with their editions. */
export const airRules: readonly Rule[] = [
  indexRule,
  limitRule,
  annualRule,
  rankingRule,
  screenRule,
  stationWarningRule,
  heavyPollutionRule,
]

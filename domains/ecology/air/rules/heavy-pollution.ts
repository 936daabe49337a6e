import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

/** A level holds when the last `days` daily indices are all above `above`, and, where asked, `alsoDays` of them above `also`. */
interface HeavyLevel {
  readonly level: 1 | 2 | 3 | 4
  readonly colour: 'blue' | 'yellow' | 'orange' | 'red'
  readonly above: number
  readonly days: number
  readonly also: number | null
  readonly alsoDays: number
}

export interface HeavyPollutionTables {
  readonly levels: readonly HeavyLevel[]
}

const facts = Type.Object({ days: Type.Array(Type.Number(), { title: '逐日AQI，旧的在前', maxItems: 60 }) })

/** Levels of heavy pollution of a city by its daily index. */
export const heavyPollution2017: RulePack<HeavyPollutionTables, { days: number[] }> = {
  id: 'heavy-pollution-2017',
  title: words('重污染天气预警分级（2017年方案）', 'Warning levels of heavy pollution, scheme of 2017'),
  source: { document: '京津冀及周边地区重污染天气预警分级标准（2017）', clause: 'levels' },
  validFrom: '2016-01-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        '原方案按预报值启动；这里按已监测的日指数判定，用于事后核对和演练。',
        'The scheme is started on forecasts; here it is judged on measured days, for review and drill.',
      ),
      clause: null,
      verified: false,
    },
    {
      text: words(
        '蓝 >200；黄 >200 持续48小时；橙 >200 持续72小时且有 >300；红 >200 持续96小时且 >300 持续48小时。2024年方案待核。',
        'Blue >200; yellow >200 for 48 h; orange 72 h with >300; red 96 h with >300 for 48 h. The scheme of 2024 is to be checked.',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: {
    levels: [
      { level: 1, colour: 'blue', above: 200, days: 1, also: null, alsoDays: 0 },
      { level: 2, colour: 'yellow', above: 200, days: 2, also: null, alsoDays: 0 },
      { level: 3, colour: 'orange', above: 200, days: 3, also: 300, alsoDays: 1 },
      { level: 4, colour: 'red', above: 200, days: 4, also: 300, alsoDays: 2 },
    ],
  },
  vectors: [
    { title: 'one day above 200', facts: { days: [120, 205] }, expected: { level: 1 } },
    { title: 'two days above 200', facts: { days: [230, 205] }, expected: { level: 2 } },
    { title: 'three days without one above 300', facts: { days: [230, 205, 280] }, expected: { level: 2 } },
    { title: 'three days, one above 300', facts: { days: [230, 305, 280] }, expected: { level: 3 } },
    { title: 'four days, two running above 300', facts: { days: [230, 305, 380, 260] }, expected: { level: 4 } },
    { title: 'exactly 200 is not above', facts: { days: [200] }, expected: { level: 0 } },
  ],
}

/** Level that the last days hold: 0 for none, 1 blue to 4 red. */
export function heavyLevel({ levels }: HeavyPollutionTables, days: readonly number[]): 0 | 1 | 2 | 3 | 4 {
  const holds = levels.filter(({ above, days: length, also, alsoDays }) => {
    const last = days.slice(-length)
    if (last.length < length || last.some((aqi) => aqi <= above)) return false
    return also === null || longestRun(last, also) >= alsoDays
  })
  return holds.at(-1)?.level ?? 0
}

function longestRun(days: readonly number[], above: number): number {
  let [best, run] = [0, 0]
  for (const aqi of days) {
    run = aqi > above ? run + 1 : 0
    best = Math.max(best, run)
  }
  return best
}

export const heavyPollutionRule = rule({
  id: 'air.heavy-pollution',
  title: words('重污染天气预警级别', 'Warning level of heavy pollution'),
  facts,
  result: Type.Object({ level: Type.Integer({ minimum: 0, maximum: 4 }) }),
  packs: [heavyPollution2017],
  evaluate: (tables: HeavyPollutionTables, { days }) => {
    const level = heavyLevel(tables, days)
    const shown = days.slice(-4).join(', ')
    return {
      result: { level },
      explanation: [words(`最近日指数 ${shown}：${level} 级`, `Latest days ${shown}: level ${level}`)],
    }
  },
})

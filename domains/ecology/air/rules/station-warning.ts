import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

export type Colour = 'blue' | 'yellow' | 'orange' | 'red'

export interface StationWarningTables {
  /** From the mildest to the gravest: at least `from` for at least `hours` hours in a row. */
  readonly levels: readonly { readonly level: Colour; readonly from: number; readonly hours: number }[]
  /** Hours in a row below the mildest level before the warning ends. */
  readonly clearAfter: number
}

const facts = Type.Object({
  hours: Type.Array(Type.Number(), { title: '逐时AQI，旧的在前', maxItems: 240 }),
})

/** When a station's hours call for somebody to look: a local operational scheme, not a standard. */
export const stationWarning: RulePack<StationWarningTables, { hours: number[] }> = {
  id: 'air-station-warning-2026',
  title: words('站点小时超标预警（本地运行规则）', 'Hourly warnings of stations (local operation)'),
  source: { document: 'Daizong', clause: 'configuration: class bounds of HJ 633; hours are local experience' },
  validFrom: '2012-01-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        '持续小时数为本产品的默认配置，启用前由当地生态环境部门确认。',
        'The hours are defaults of this product; the local ecology bureau confirms them before use.',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: {
    levels: [
      { level: 'blue', from: 151, hours: 3 },
      { level: 'yellow', from: 201, hours: 2 },
      { level: 'orange', from: 301, hours: 2 },
      { level: 'red', from: 500, hours: 2 },
    ],
    clearAfter: 2,
  },
  vectors: [
    { title: 'three hours above 150', facts: { hours: [140, 151, 160, 155] }, expected: { level: 'blue' } },
    { title: 'one hour alone does not warn', facts: { hours: [90, 230] }, expected: { level: null } },
    { title: 'the gravest level that holds', facts: { hours: [160, 210, 220] }, expected: { level: 'yellow' } },
    { title: 'an hour below ends it', facts: { hours: [310, 320, 150] }, expected: { level: null } },
  ],
}

/** The gravest level that the last hours hold; null for none. */
export function stationLevel({ levels }: StationWarningTables, hours: readonly number[]): Colour | null {
  const holds = levels.filter((level) => {
    const last = hours.slice(-level.hours)
    return last.length === level.hours && last.every((aqi) => aqi >= level.from)
  })
  return holds.at(-1)?.level ?? null
}

export const stationWarningRule = rule({
  id: 'air.station-warning',
  title: words('站点小时超标预警级别', 'Warning level of a station’s hours'),
  facts,
  result: Type.Object({ level: Type.Union([Type.String(), Type.Null()]) }),
  packs: [stationWarning],
  evaluate: (tables: StationWarningTables, { hours }) => {
    const level = stationLevel(tables, hours)
    const bounds = tables.levels.map((each) => `${each.level} ≥${each.from}×${each.hours} h`).join('; ')
    return { result: { level }, explanation: [words(`级别：${bounds}`, `Levels: ${bounds}`)] }
  },
})

import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

export interface ReachTables {
  /** Collections of so many days tell of a source. */
  readonly days: number
  /** Least share of them that brought what was asked for. */
  readonly least: number
}

interface Facts {
  readonly runs: number
  readonly failed: number
}

/** The standard names accessibility as a dimension; how often a source may fail is for whoever evaluates. */
const local: RulePack<ReachTables, Facts> = {
  id: 'taian-quality-reach-2026',
  title: words('数据来源可访问的口径', 'When a source counts as accessible'),
  source: { document: 'GB/T 36344-2018 信息技术 数据质量评价指标；口径为本地设置', clause: '可访问性' },
  locality: '3709',
  validFrom: '2020-01-01',
  validTo: null,
  tables: { days: 30, least: 0.9 },
  notes: [
    {
      text: words(
        '可访问性出自标准；近 30 天、十次成九次为本市方案，待确认。',
        'Accessibility is of the standard; 30 days and nine in ten are a local scheme, to be confirmed.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    { title: 'nine in ten', facts: { runs: 10, failed: 1 }, expected: { accessible: true } },
    { title: 'fewer', facts: { runs: 9, failed: 1 }, expected: { accessible: false } },
    { title: 'nothing was collected', facts: { runs: 0, failed: 0 }, expected: { accessible: null } },
  ],
}

export const reachRule = rule({
  id: 'collection.reach',
  title: words('数据来源可访问', 'Accessibility of sources'),
  facts: Type.Object({
    runs: Type.Integer({ minimum: 0, title: '采集次数' }),
    failed: Type.Integer({ minimum: 0, title: '未取到数据的次数' }),
  }),
  result: Type.Object({ accessible: Type.Union([Type.Boolean(), Type.Null()]) }),
  packs: [local],
  evaluate: ({ days, least }: ReachTables, { runs, failed }) => ({
    result: { accessible: runs === 0 ? null : 1 - failed / runs >= least },
    explanation: [
      words(
        `近 ${days} 天采集 ${runs} 次，未取到 ${failed} 次，应有 ${least * 100}% 取到`,
        `Of ${runs} collections in ${days} days ${failed} brought nothing; ${least * 100}% must bring something`,
      ),
    ],
  }),
})

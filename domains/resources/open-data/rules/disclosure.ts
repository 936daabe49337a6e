import { type Static, Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'
import { FAILURES } from './failures.ts'

/** What one kind of access allows; shares are percent of the rows. */
interface Thresholds {
  /** Least number of rows that are alike in all quasi-identifiers. */
  readonly k: number
  /** Least number of different sensitive values among rows that are alike. */
  readonly l: number
  /** Most rows in groups smaller than `k`. */
  readonly smallCellRows: number
  /** Most rows that no other resembles. */
  readonly uniquePercent: number
  /** Most rows that meet exactly one row of other open data. */
  readonly linkedPercent: number
}

interface DisclosureTables {
  readonly open: Thresholds
  readonly conditional: Thresholds
}

const facts = Type.Object({
  access: Type.Enum(['open', 'conditional'], { title: '开放方式' }),
  persons: Type.Boolean({ title: '是否涉及个人' }),
  quasi: Type.Integer({ minimum: 0, title: '准标识符个数' }),
  rows: Type.Integer({ minimum: 0, title: '行数' }),
  k: Type.Integer({ minimum: 0, title: '最小组行数' }),
  l: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { title: '最小组敏感取值数' }),
  smallCellRows: Type.Integer({ minimum: 0, title: '小于k的组的行数' }),
  uniquePercent: Type.Number({ minimum: 0, maximum: 100, title: '唯一行占比' }),
  linkedPercent: Type.Number({ minimum: 0, maximum: 100, title: '可链接行占比' }),
})
export type DisclosureFacts = Static<typeof facts>

const Verdict = Type.Object({ passed: Type.Boolean(), failures: Type.Array(Type.String()) })
export type DisclosureVerdict = Static<typeof Verdict>

const safe: DisclosureFacts = {
  access: 'open',
  persons: true,
  quasi: 2,
  rows: 1000,
  k: 5,
  l: 2,
  smallCellRows: 0,
  uniquePercent: 0,
  linkedPercent: 0,
}

const local2026: RulePack<DisclosureTables, DisclosureFacts> = {
  id: 'open-data-disclosure-2026',
  title: words('开放前重新识别检验界限（本地方案）', 'Limits of the re-identification test, local scheme'),
  source: { document: '公共数据开放去标识化检验本地方案', clause: 'thresholds' },
  validFrom: '2026-01-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        'k、l 和占比为本地运行参数；与 GB/T 42460 去标识化效果分级的对应关系待核。',
        'k, l and shares are operational; how they map to the grades of GB/T 42460 is to be checked.',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: {
    open: { k: 5, l: 2, smallCellRows: 0, uniquePercent: 0, linkedPercent: 0 },
    conditional: { k: 3, l: 2, smallCellRows: 0, uniquePercent: 0, linkedPercent: 1 },
  },
  vectors: [
    { title: 'just within', facts: safe, expected: { passed: true, failures: [] } },
    { title: 'a group of four', facts: { ...safe, k: 4, smallCellRows: 4 }, expected: { passed: false } },
    {
      title: 'four are enough on application',
      facts: { ...safe, access: 'conditional', k: 4 },
      expected: { passed: true },
    },
    { title: 'all alike in what is sensitive', facts: { ...safe, l: 1 }, expected: { failures: ['l-diversity'] } },
    { title: 'linked with open data', facts: { ...safe, linkedPercent: 0.5 }, expected: { failures: ['linkage'] } },
    { title: 'every field exempt', facts: { ...safe, quasi: 0 }, expected: { failures: ['no-quasi'] } },
    {
      title: 'not about persons',
      facts: { ...safe, persons: false, quasi: 0, k: 0, l: null },
      expected: { passed: true },
    },
    { title: 'no rows at all', facts: { ...safe, rows: 0 }, expected: { failures: ['empty'] } },
  ],
}

export const disclosureRule = rule({
  id: 'open-data.disclosure',
  title: words('开放前重新识别检验', 'Re-identification test before a release'),
  facts,
  result: Verdict,
  packs: [local2026],
  evaluate: (tables: DisclosureTables, given) => {
    const failures = failuresOf(tables[given.access], given)
    const explanation = failures.map((failure) => FAILURES[failure] ?? words(failure, failure))
    return {
      result: { passed: failures.length === 0, failures },
      explanation: explanation.length > 0 ? explanation : [words('各项均在界限内', 'Everything is within the limits')],
    }
  },
})

function failuresOf(limit: Thresholds, given: DisclosureFacts): string[] {
  if (given.rows === 0) return ['empty']
  if (!given.persons) return []
  if (given.quasi === 0) return ['no-quasi']
  return [
    ...(given.k < limit.k ? ['k-anonymity'] : []),
    ...(given.smallCellRows > limit.smallCellRows ? ['small-cells'] : []),
    ...(given.l !== null && given.l < limit.l ? ['l-diversity'] : []),
    ...(given.uniquePercent > limit.uniquePercent ? ['uniqueness'] : []),
    ...(given.linkedPercent > limit.linkedPercent ? ['linkage'] : []),
  ]
}

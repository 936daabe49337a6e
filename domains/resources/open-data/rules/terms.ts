import { type Static, Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'
import { PROMISES } from '../declarations/vocabulary.ts'

const STEPS = {
  'formal-check': words('申请形式审查', 'Formal check of an application'),
  decision: words('申请决定', 'Decision on an application'),
  answer: words('需求和纠错答复', 'Answer to a request or correction'),
  review: words('发布审核', 'Review of a release'),
} as const

const termFacts = Type.Object({ step: Type.Enum(Object.keys(STEPS) as (keyof typeof STEPS)[], { title: '环节' }) })
type TermFacts = Static<typeof termFacts>
type TermTables = Readonly<Record<keyof typeof STEPS, string>>

const shandong: RulePack<TermTables, TermFacts> = {
  id: 'shandong-open-data-draft',
  title: words(
    '公共数据开放办理时限（山东省征求意见稿及本地方案）',
    'Terms of open data, Shandong draft rules and local scheme',
  ),
  source: { document: '山东省公共数据开放办法（征求意见稿）', clause: '有条件开放申请' },
  validFrom: '2022-01-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words('申请的形式审查 5 个工作日。', 'Formal check of an application: five working days.'),
      clause: null,
      verified: true,
    },
    {
      text: words(
        '决定、答复和发布审核时限为本地方案，待核。',
        'Terms of decision, answer and review are local and to be checked.',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: { 'formal-check': '5wd', decision: '10wd', answer: '10wd', review: '5wd' },
  vectors: [
    { title: 'formal check', facts: { step: 'formal-check' }, expected: { term: '5wd' } },
    { title: 'decision', facts: { step: 'decision' }, expected: { term: '10wd' } },
  ],
}

export const termRule = rule({
  id: 'open-data.terms',
  title: words('公共数据开放办理时限', 'Terms of open data'),
  facts: termFacts,
  result: Type.Object({ term: Type.String() }),
  packs: [shandong],
  evaluate: (tables: TermTables, { step }) => ({
    result: { term: tables[step] },
    explanation: [words(`${STEPS[step].zh}：${tables[step]}`, `${STEPS[step].en}: ${tables[step]}`)],
  }),
})

type PromiseTables = Readonly<Record<keyof typeof PROMISES, number | null>>
const promiseFacts = Type.Object({
  promise: Type.Enum(Object.keys(PROMISES) as (keyof typeof PROMISES)[], { title: '更新承诺' }),
  ageHours: Type.Number({ minimum: 0, title: '数据已过小时数' }),
})
type PromiseFacts = Static<typeof promiseFacts>

const freshness2026: RulePack<PromiseTables, PromiseFacts> = {
  id: 'open-data-freshness-2026',
  title: words('更新承诺的容许时间（本地方案）', 'What a promise of freshness allows, local scheme'),
  source: { document: '公共数据开放更新承诺本地方案', clause: 'tolerances' },
  validFrom: '2026-01-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words('容许时间（小时）为本地运行参数，待确认。', 'Hours allowed are operational, to be confirmed.'),
      clause: null,
      verified: false,
    },
  ],
  tables: { HOURLY: 3, DAILY: 48, WEEKLY: 240, MONTHLY: 1080, QUARTERLY: 2880, ANNUAL: 9600, IRREG: null },
  vectors: [
    { title: 'two hours old', facts: { promise: 'HOURLY', ageHours: 2 }, expected: { state: 'kept' } },
    { title: 'four hours old', facts: { promise: 'HOURLY', ageHours: 4 }, expected: { state: 'broken' } },
    { title: 'exactly at the limit', facts: { promise: 'DAILY', ageHours: 48 }, expected: { state: 'kept' } },
    { title: 'nothing promised', facts: { promise: 'IRREG', ageHours: 100_000 }, expected: { state: 'none' } },
  ],
}

const Freshness = Type.Object({
  state: Type.Enum(['kept', 'broken', 'none']),
  within: Type.Union([Type.Number(), Type.Null()]),
})
export type Freshness = Static<typeof Freshness>

export const freshnessRule = rule({
  id: 'open-data.freshness',
  title: words('开放数据更新承诺是否兑现', 'Whether a promise of freshness is kept'),
  facts: promiseFacts,
  result: Freshness,
  packs: [freshness2026],
  evaluate: (tables: PromiseTables, { promise, ageHours }) => {
    const within = tables[promise]
    const state = within === null ? 'none' : ageHours <= within ? 'kept' : 'broken'
    return {
      result: { state, within } as Freshness,
      explanation: [
        words(
          `承诺${PROMISES[promise].zh}更新，容许 ${within ?? '—'} 小时，数据已过 ${Math.floor(ageHours)} 小时`,
          `Promised ${PROMISES[promise].en.toLowerCase()}, ${within ?? '—'} h allowed, data are ${Math.floor(ageHours)} h old`,
        ),
      ],
    }
  },
})

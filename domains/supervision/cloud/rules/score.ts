import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

export type Quality = 'excellent' | 'good' | 'fair'
export type Step = 'urge' | 'letter' | 'circular' | 'interview'

export interface ScoreTables {
  /** Points of a unit that did everything excellently and in time. */
  readonly full: number
  readonly quality: Readonly<Record<Quality, number>>
  /** Factor by whole days late, ascending; the last entry holds beyond. */
  readonly timeliness: readonly { readonly upToDaysLate: number | null; readonly factor: number }[]
  /** How much a joint unit's part weighs beside the lead's. */
  readonly jointShare: number
  /** Points off for each step of the urge ladder; of a lead unit only. */
  readonly deductions: Readonly<Record<Step, number>>
}

/** One milestone of a unit's year. */
export interface ScoreItem {
  readonly milestone: string
  /** Share of the plan, 0 to 1. */
  readonly weight: number
  readonly role: 'lead' | 'joint'
  readonly quality: Quality | null
  /** Null: not achieved. */
  readonly daysLate: number | null
}

export interface ScoreFacts {
  readonly items: ScoreItem[]
  readonly steps: { readonly id: string; readonly step: Step }[]
}

export interface ScoreLine {
  /** Milestone, or step of the ladder as `step:<id>`. */
  readonly source: string
  /** Points gained, or negative: taken off. */
  readonly points: number
  /** The most that this line could have gained. */
  readonly of: number
  readonly quality: number | null
  readonly timeliness: number | null
}

/** Score = full · Σ w·quality·timeliness / Σ w − deductions, not below 0; null for a unit without milestones. */
export function scoreUnit(tables: ScoreTables, facts: ScoreFacts): { total: number | null; lines: ScoreLine[] } {
  const whole = facts.items.reduce((sum, item) => sum + shareOf(tables, item), 0)
  if (whole === 0) return { total: null, lines: [] }
  const gained = facts.items.map((item): ScoreLine => {
    const of = (tables.full * shareOf(tables, item)) / whole
    const quality = item.quality === null ? 0 : tables.quality[item.quality]
    const timeliness = timelinessOf(tables, item.daysLate)
    return { source: item.milestone, points: of * quality * timeliness, of, quality, timeliness }
  })
  const taken = facts.steps.map(({ id, step }): ScoreLine => {
    const points = -tables.deductions[step]
    return { source: `step:${id}`, points: points === 0 ? 0 : points, of: 0, quality: null, timeliness: null }
  })
  const lines = [...gained, ...taken].map((line) => ({ ...line, points: round(line.points), of: round(line.of) }))
  const exact = [...gained, ...taken].reduce((sum, { points }) => sum + points, 0)
  return { total: Math.max(0, round(exact)), lines }
}

const shareOf = (tables: ScoreTables, { weight, role }: ScoreItem) =>
  role === 'lead' ? weight : weight * tables.jointShare

function timelinessOf({ timeliness }: ScoreTables, daysLate: number | null): number {
  if (daysLate === null) return 0
  return timeliness.find(({ upToDaysLate }) => upToDaysLate === null || daysLate <= upToDaysLate)?.factor ?? 0
}

const round = (value: number): number => Math.round(value * 100) / 100

const item = (milestone: string, weight: number, more: Partial<ScoreItem> = {}): ScoreItem => ({
  milestone,
  weight,
  role: 'lead',
  quality: 'excellent',
  daysLate: 0,
  ...more,
})

export const scorePack: RulePack<ScoreTables, ScoreFacts> = {
  id: 'taian-supervision-score-2026',
  title: words('泰安市重点工作年度评分规则', "Yearly scores of Tai'an's key work"),
  source: { document: '督查督办智慧云平台运行规则（本地，可配置）', clause: '评分' },
  locality: 'CN',
  validFrom: '2020-01-01',
  validTo: null,
  tables: {
    full: 100,
    quality: { excellent: 1, good: 0.9, fair: 0.75 },
    timeliness: [
      { upToDaysLate: 0, factor: 1 },
      { upToDaysLate: 15, factor: 0.9 },
      { upToDaysLate: 30, factor: 0.75 },
      { upToDaysLate: null, factor: 0.5 },
    ],
    jointShare: 0.3,
    deductions: { urge: 0, letter: 1, circular: 2, interview: 5 },
  },
  notes: [
    {
      text: words(
        '得分 = Σ 权重×质量×时效；系数和扣分为本地规则，待督查室确认。',
        'Score = Σ weight × quality × timeliness; factors and deductions are local and to be confirmed by the office.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'everything excellent and in time',
      facts: { items: [item('a', 0.5), item('b', 0.5)], steps: [] },
      expected: { total: 100 },
    },
    {
      title: 'one good and 10 days late, one not achieved',
      facts: {
        items: [item('a', 0.5, { quality: 'good', daysLate: 10 }), item('b', 0.5, { quality: null, daysLate: null })],
        steps: [],
      },
      // 100 × 0.5 × 0.9 × 0.9
      expected: { total: 40.5 },
    },
    {
      title: 'the part of a joint unit weighs less',
      facts: { items: [item('a', 0.5), item('b', 0.5, { role: 'joint', quality: null, daysLate: null })], steps: [] },
      // 100 × 0.5 / (0.5 + 0.15)
      expected: { total: 76.92 },
    },
    {
      title: 'a supervision letter and an interview take points off, urging does not',
      facts: {
        items: [item('a', 1)],
        steps: [
          { id: '1', step: 'urge' },
          { id: '2', step: 'letter' },
          { id: '3', step: 'interview' },
        ],
      },
      expected: { total: 94 },
    },
    {
      title: 'no milestone, no score',
      facts: { items: [], steps: [{ id: '1', step: 'letter' }] },
      expected: { total: null },
    },
  ],
}

const numberOrNull = Type.Union([Type.Number(), Type.Null()])

export const scoreRule = rule({
  id: 'supervision.cloud.score',
  title: words('单位年度得分', 'Yearly score of a unit'),
  facts: Type.Object({
    items: Type.Array(
      Type.Object({
        milestone: Type.String({ title: '节点' }),
        weight: Type.Number({ title: '权重', minimum: 0, maximum: 1 }),
        role: Type.Enum(['lead', 'joint'], { title: '牵头或配合' }),
        quality: Type.Union([Type.Enum(['excellent', 'good', 'fair']), Type.Null()], { title: '质量' }),
        daysLate: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { title: '迟到天数，未完成为空' }),
      }),
    ),
    steps: Type.Array(
      Type.Object({ id: Type.String(), step: Type.Enum(['urge', 'letter', 'circular', 'interview']) }),
      { title: '督办升级' },
    ),
  }),
  result: Type.Object({
    total: numberOrNull,
    lines: Type.Array(
      Type.Object({
        source: Type.String(),
        points: Type.Number(),
        of: Type.Number(),
        quality: numberOrNull,
        timeliness: numberOrNull,
      }),
    ),
  }),
  packs: [scorePack],
  evaluate: (tables: ScoreTables, facts) => {
    const result = scoreUnit(tables, facts)
    return {
      result,
      explanation: result.lines.map(({ source, points, of }) =>
        words(`${source}：${points}／${of}`, `${source}: ${points} of ${of}`),
      ),
    }
  },
})

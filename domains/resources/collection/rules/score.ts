import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'
import { DIMENSION_IDS, DIMENSIONS, type Dimension, type Severity } from '../declarations/dimensions.ts'

interface ScoreTables {
  readonly dimensions: Readonly<Record<Dimension, number>>
  readonly severities: Readonly<Record<Severity, number>>
}

interface Facts {
  results: { dimension: Dimension; severity: Severity; rows: number; bad: number }[]
}

/** Weights of the dimensions; the standard names the six and leaves weights to whoever evaluates. */
const weights: RulePack<ScoreTables, Facts> = {
  id: 'taian-quality-weights-2026',
  title: words('数据质量评分权重', 'Weights of data quality'),
  source: { document: 'GB/T 36344-2018 信息技术 数据质量评价指标；权重为本地设置', clause: '评价指标框架' },
  locality: 'CN',
  validFrom: '2020-01-01',
  validTo: null,
  tables: {
    dimensions: { normative: 20, complete: 20, accurate: 20, consistent: 15, timely: 15, accessible: 10 },
    severities: { minor: 1, major: 3, critical: 5 },
  },
  notes: [
    {
      text: words(
        '六个维度出自标准，权重为本地设置，待确认。',
        'The six dimensions are of the standard, the weights local, to be confirmed.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    { title: 'nothing measured', facts: { results: [] }, expected: { total: null } },
    {
      title: 'one rule, a tenth of the rows bad',
      facts: { results: [{ dimension: 'complete', severity: 'major', rows: 100, bad: 10 }] },
      expected: { total: 90, dimensions: { complete: 90 } },
    },
    {
      title: 'two dimensions by weight, rules by severity',
      facts: {
        results: [
          { dimension: 'complete', severity: 'minor', rows: 100, bad: 0 },
          { dimension: 'complete', severity: 'major', rows: 100, bad: 100 },
          { dimension: 'timely', severity: 'major', rows: 1, bad: 0 },
        ],
      },
      expected: { total: 57.14, dimensions: { complete: 25, timely: 100 } },
    },
  ],
}

const two = (value: number): number => Math.round(value * 100) / 100

export const scoreRule = rule({
  id: 'collection.score',
  title: words('数据质量评分', 'Score of data quality'),
  facts: Type.Object({
    results: Type.Array(
      Type.Object({
        dimension: Type.Enum(DIMENSION_IDS),
        severity: Type.Enum(['minor', 'major', 'critical']),
        rows: Type.Integer({ minimum: 0 }),
        bad: Type.Integer({ minimum: 0 }),
      }),
      { title: '检查结果' },
    ),
  }),
  result: Type.Object({
    total: Type.Union([Type.Number(), Type.Null()]),
    dimensions: Type.Record(Type.String(), Type.Number()),
  }),
  packs: [weights],
  evaluate: ({ dimensions, severities }: ScoreTables, { results }) => {
    const scores = DIMENSION_IDS.flatMap((dimension) => {
      const own = results.filter((each) => each.dimension === dimension && each.rows > 0)
      const weight = own.reduce((sum, { severity }) => sum + severities[severity as Severity], 0)
      if (weight === 0) return []
      const points = own.reduce(
        (sum, { severity, rows, bad }) => sum + severities[severity as Severity] * 100 * (1 - bad / rows),
        0,
      )
      return [{ dimension, score: two(points / weight) }]
    })
    const weight = scores.reduce((sum, { dimension }) => sum + dimensions[dimension], 0)
    const total =
      weight === 0 ? null : two(scores.reduce((sum, each) => sum + each.score * dimensions[each.dimension], 0) / weight)
    return {
      result: { total, dimensions: Object.fromEntries(scores.map(({ dimension, score }) => [dimension, score])) },
      explanation: scores.map(({ dimension, score }) =>
        words(`${DIMENSIONS[dimension].zh} ${score} 分`, `${DIMENSIONS[dimension].en}: ${score}`),
      ),
    }
  },
})

import { Type } from 'typebox'
import { rule, rulePack } from '#platform/rules'
import { words } from '#runtime'

export interface MatchingTables {
  readonly match: number
  readonly review: number
  readonly margin: number
  readonly wholeFrom: number
  readonly batch: number
  readonly samples: number
}

const local = rulePack<MatchingTables, Record<string, never>>({
  id: 'taian-matching-2026',
  title: words('泰安市一人一档归并规则', 'Matching of the city of Tai’an'),
  source: { document: 'Local scheme of the data bureau', clause: 'matching' },
  validFrom: '2026-01-01',
  validTo: null,
  locality: '3709',
  notes: [
    {
      text: words(
        '阈值按演示城市的抽样误差确定，应按本市抽样结果调整',
        'Thresholds were set by the error measured on the demonstration city; set them by the samples of your own',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: { match: 4, review: -2, margin: 3, wholeFrom: 0.2, batch: 30, samples: 60 },
  vectors: [{ title: 'as in force', facts: {}, expected: { match: 4, review: -2, margin: 3 } }],
})

/** From how many bits two records are joined, and from how many a person looks. */
export const matchingRule = rule({
  id: 'one-file.matching',
  title: words('归并阈值', 'Thresholds of matching'),
  facts: Type.Object({}, { additionalProperties: false }),
  result: Type.Object({
    match: Type.Number(),
    review: Type.Number(),
    margin: Type.Number(),
    wholeFrom: Type.Number(),
    batch: Type.Integer(),
    samples: Type.Integer(),
  }),
  packs: [local],
  evaluate: (tables: MatchingTables) => ({
    result: { ...tables },
    explanation: [
      words(
        `权重达到 ${tables.match} 比特自动归并，${tables.review} 至 ${tables.match} 比特由人工判断，两个对象相差不到 ${tables.margin} 比特也由人工判断`,
        `Joined from ${tables.match} bits; a person looks between ${tables.review} and ${tables.match}, and where two fit within ${tables.margin} bits`,
      ),
    ],
  }),
})

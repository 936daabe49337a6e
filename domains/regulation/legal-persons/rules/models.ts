import { Type } from 'typebox'
import { rule, rulePack } from '#platform/rules'
import { words } from '#runtime'

/** Weights of a score: the logistic of their sum over what holds of a firm. Those that a model has not are 0. */
interface Weights {
  readonly model: string
  readonly base: number
  readonly failed: number
  readonly penalty: number
  readonly late: number
  readonly silent: number
  readonly fall: number
  readonly growth: number
  readonly uninsured: number
  readonly insured: number
  readonly expired: number
  readonly address: number
  readonly representative: number
  readonly young: number
}

const NONE = {
  failed: 0,
  penalty: 0,
  late: 0,
  silent: 0,
  fall: 0,
  growth: 0,
  uninsured: 0,
  insured: 0,
  expired: 0,
  address: 0,
  representative: 0,
  young: 0,
}
const weights = (model: string, base: number, own: Partial<Weights>): Weights => ({ model, base, ...NONE, ...own })

const edition = rulePack({
  id: 'firm-scores-1',
  title: words('法人评分卡第 1 版', 'Score cards of firms, first edition'),
  source: { document: '法人标签目录（示范）', clause: '附表 2' },
  validFrom: '2020-01-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        '权重由人设定，未用真实结果拟合；启用前须用本市结果校准',
        'Weights were set by people and not fitted to outcomes; calibrate them with those of the city before use',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: {
    rows: [
      weights('abnormal', -3.2, { silent: 2.4, expired: 0.9, fall: 0.8, late: 0.7, uninsured: 1.1, failed: 0.6 }),
      weights('violation', -3, { failed: 1.6, penalty: 1.4, late: 0.6, expired: 0.8, young: 0.3 }),
      weights('growth', -2.4, { growth: 2.2, insured: 1.1, young: 0.5, fall: -1.5, penalty: -0.8 }),
      weights('shell', -3.6, { uninsured: 1.6, silent: 1.1, address: 1.5, representative: 1.3, young: 0.4 }),
    ],
  },
  vectors: [{ title: 'nothing holds', facts: { model: 'violation', holds: [] }, expected: 0.0474 }],
})

/** Score of a model from what holds of a firm. The tags read the weights as `rule_models`. */
export const modelsRule = rule({
  id: 'legal-persons.models',
  title: words('法人评分卡', 'Score cards of firms'),
  facts: Type.Object({ model: Type.String(), holds: Type.Array(Type.String()) }, { additionalProperties: false }),
  result: Type.Union([Type.Number(), Type.Null()]),
  packs: [edition],
  evaluate: ({ rows }: { readonly rows: readonly Weights[] }, { model, holds }) => {
    const card = rows.find((row) => row.model === model)
    if (!card) return { result: null, explanation: [] }
    const sum = holds.reduce((total, name) => total + Number(card[name as keyof Weights] ?? 0), card.base)
    return { result: Math.round(10_000 / (1 + Math.exp(-sum))) / 10_000, explanation: [] }
  },
})

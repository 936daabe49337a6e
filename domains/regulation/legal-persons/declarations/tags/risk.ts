import { forServices, forSupervision, LIMITS, limit, type Own, REGISTER, RETURNS, theme } from './theme.ts'

const ITEMS = [
  'failed',
  'penalty',
  'late',
  'silent',
  'fall',
  'growth',
  'uninsured',
  'insured',
  'expired',
  'address',
  'representative',
  'young',
]
const SUM = ITEMS.map((item) => `h.${item} * w.${item}`).join(' + ')
const score = (model: string) =>
  `select h.key, 1 / (1 + exp(-cast(w.base + ${SUM} as double precision))) as score
   from firm_holds h join rule_models w on w.model = '${model}'`

const model = (
  id: string,
  title: readonly [string, string],
  about: readonly [string, string],
  more: Pick<Own, 'use' | 'uses'>,
): Own => ({
  id: `model-${id}`,
  kind: 'model',
  title,
  about,
  ...more,
  score: score(id),
  logic: `select key, cast(round(cast(score as numeric), 2) as varchar(6)) as value, cast(null as date) as since from (${score(id)}) as scored
    where score >= ${limit('model-high')}`,
  card: {
    zh: `输入：检查、处罚、申报、参保、许可、住所、任职十二项是否成立。方法：评分卡之和的逻辑函数，权重见规则 legal-persons.models。对象：全部在营主体。限度：权重由人设定，未用结果拟合；个体工商户没有申报和参保数据，得分偏低；只作线索，由人核实。`,
    en: `Input: whether twelve things hold (inspections, penalties, returns, insurance, licences, address, posts). Method: logistic of the sum of a score card, weights in the rule legal-persons.models. Of: all in operation. Limits: weights were set by people, not fitted to outcomes; sole traders have no returns or insurance and score low; a lead only, which people verify.`,
  },
})

/** Estimates, each with its model card: leads for people, never decisions. */
export const riskTags = theme(
  {
    theme: 'risk',
    owner: 'city.big-data',
    ...forSupervision,
    features: ['firm_holds'],
    sources: [REGISTER, RETURNS],
    rules: ['legal-persons.models', LIMITS],
    evidence: `select f.code, f.name, f.kind, f.established_on, f.address, t.until, t.filed_on, t.revenue, t.staff
      from base_firm f left join base_tax_return t on t.code = f.code where f.code = $1 order by t.until desc`,
    sensitivity: 'sensitive',
    validityDays: 30,
  },
  [
    model(
      'abnormal',
      ['经营异常可能性高', 'Likely abnormal operation'],
      [
        '停报、下滑、过期、无参保等迹象的评分达到高分界限；值为得分',
        'The score of signs such as silence, falls, expiry and missing insurance is high; the value is the score',
      ],
      forSupervision,
    ),
    model(
      'violation',
      ['违规可能性高', 'Likely violation'],
      [
        '检查、处罚、逾期、过期等迹象的评分达到高分界限；值为得分',
        'The score of signs such as failed inspections, penalties and lateness is high; the value is the score',
      ],
      forSupervision,
    ),
    model(
      'growth',
      ['成长潜力高', 'Likely growth'],
      [
        '增长、参保、成立时间等迹象的评分达到高分界限；值为得分',
        'The score of signs such as growth, insured staff and age is high; the value is the score',
      ],
      forServices,
    ),
    model(
      'shell',
      ['空壳可能性高', 'Likely shell'],
      [
        '无参保、停报、同住所、任职多家等迹象的评分达到高分界限；值为得分',
        'The score of signs such as missing insurance, silence, shared address and many posts is high; the value is the score',
      ],
      forSupervision,
    ),
  ],
)

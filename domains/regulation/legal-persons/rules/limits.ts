import { Type } from 'typebox'
import { rule, rulePack } from '#platform/rules'
import { words } from '#runtime'

interface Limits {
  readonly rows: readonly { readonly name: string; readonly value: number; readonly zh: string; readonly en: string }[]
}

const row = (name: string, value: number, zh: string, en: string) => ({ name, value, zh, en })

const cityScheme = rulePack({
  id: 'tag-limits-2026',
  title: words('法人标签界限（市级方案）', 'Limits of the firm tags (scheme of the city)'),
  source: { document: words('法人标签目录（示范）', 'Catalogue of firm tags (demonstration)').zh, clause: '附表 1' },
  validFrom: '2020-01-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        '申报期限 15 日出自《企业所得税法》第五十四条；规上工业 2000 万元出自统计报表制度；其余为市级方案的示范值，启用前由市里确定',
        'The 15 days of filing are of the Enterprise Income Tax Law, art. 54; 20 million yuan of industry above the designated size is of the statistical reporting system; the others are examples for the city to set before use',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: {
    rows: [
      row('filing-days', 15, '季度终了后申报期限（日）', 'Days to file after a quarter'),
      row('insurance-base-floor', 4416, '养老保险缴费基数下限（元/月）', 'Floor of the insurance base, yuan a month'),
      row('recent-days', 365, '“近期”天数', 'Days that count as recent'),
      row('expiring-days', 60, '“即将到期”天数', 'Days before expiry that count as near'),
      row('never-inspected-days', 1095, '“长期未检查”天数', 'Days without inspection that count as long'),
      row('capital-large', 1000, '注册资本较大（万元）', 'Large capital, 10,000 yuan'),
      row('capital-huge', 5000, '注册资本大（万元）', 'Very large capital, 10,000 yuan'),
      row('capital-small', 10, '注册资本小（万元）', 'Small capital, 10,000 yuan'),
      row(
        'designated-revenue',
        2000,
        '规模以上工业营业收入（万元）',
        'Industry above the designated size, 10,000 yuan',
      ),
      row('retail-revenue', 500, '限额以上零售额（万元）', 'Retail above the limit, 10,000 yuan'),
      row('wholesale-revenue', 2000, '限额以上批发额（万元）', 'Wholesale above the limit, 10,000 yuan'),
      row('revenue-hundred-million', 10_000, '亿元企业营业收入（万元）', 'Revenue of 100 million, 10,000 yuan'),
      row('growth-percent', 20, '增长较快（%）', 'Fast growth, percent'),
      row('double-percent', 100, '倍增（%）', 'Doubling, percent'),
      row('fall-percent', 20, '下降较大（%）', 'Large fall, percent'),
      row('quarter-percent', 30, '季度波动较大（%）', 'Large change within a quarter, percent'),
      row('late-times', 3, '多次逾期（次）', 'Late so often'),
      row('silent-days', 400, '停止申报（日）', 'Days since the last period filed'),
      row('head-revenue-high', 100, '人均营业收入高（万元）', 'High revenue a head, 10,000 yuan'),
      row('staff-hundred', 100, '百人以上（人）', 'Staff of a hundred'),
      row('staff-twenty', 20, '二十人以上（人）', 'Staff of twenty'),
      row('insured-percent', 50, '参保缺口（%）', 'Insured below so much of the staff, percent'),
      row('wage-high', 8000, '缴费基数高（元/月）', 'High insurance base, yuan a month'),
      row('stable-percent', 90, '队伍稳定（全年参保 %）', 'Stable staff: insured the whole year, percent'),
      row('fine-large', 5, '较大数额罚款（万元）', 'Large fine, 10,000 yuan'),
      row('concentrated-percent', 67, '股权集中（%）', 'Concentrated shares, percent'),
      row('controller-percent', 50, '实际控制（%）', 'Control, percent'),
      row('influence-percent', 25, '重大影响（%）', 'Influence, percent'),
      row('representative-firms', 3, '同一法定代表人企业多（户）', 'Firms of one representative'),
      row('address-firms', 5, '住所聚集（户）', 'Firms at one address'),
      row('group-firms', 3, '集团核心（户）', 'Subsidiaries of a group'),
      row('model-high', 0.6, '模型高分', 'High score of a model'),
    ],
  },
  vectors: [{ title: 'days to file', facts: { name: 'filing-days' }, expected: 15 }],
})

/** Limits by name, which the tags read as `rule_limits`. */
export const limitsRule = rule({
  id: 'legal-persons.limits',
  title: words('法人标签的界限值', 'Limits of the firm tags'),
  facts: Type.Object({ name: Type.String() }, { additionalProperties: false }),
  result: Type.Union([Type.Number(), Type.Null()]),
  packs: [cityScheme],
  evaluate: ({ rows }: Limits, { name }) => {
    const found = rows.find((each) => each.name === name)
    return {
      result: found?.value ?? null,
      explanation: found ? [words(`${found.zh}：${found.value}`, `${found.en}: ${found.value}`)] : [],
    }
  },
})

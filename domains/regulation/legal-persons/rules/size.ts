import { Type } from 'typebox'
import { rule, rulePack } from '#platform/rules'
import { words } from '#runtime'

interface SizeRow {
  /** Divisions of GB/T 4754, both ends included. */
  readonly low: string
  readonly high: string
  readonly large_staff: number
  readonly large_revenue: number
  readonly medium_staff: number
  readonly medium_revenue: number
  readonly small_staff: number
  readonly small_revenue: number
}

/** Staff, and revenue in 10,000 yuan, at least; 0: not asked for. */
const size = (low: string, high: string, large: Pair, medium: Pair, small: Pair): SizeRow => ({
  low,
  high,
  large_staff: large[0],
  large_revenue: large[1],
  medium_staff: medium[0],
  medium_revenue: medium[1],
  small_staff: small[0],
  small_revenue: small[1],
})
type Pair = readonly [staff: number, revenue: number]

const edition2017 = rulePack({
  id: 'size-2017',
  title: words('统计上大中小微型企业划分办法（2017）', 'Statistical size classes of enterprises (2017)'),
  source: { document: '国统字〔2017〕213号', clause: '附表' },
  validFrom: '2018-01-03',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words('工业一行的数值已核对', 'The line of industry was checked'),
      clause: '附表 工业',
      verified: true,
    },
    {
      text: words(
        '其余各行待与原文核对；以资产总额划分的行业（建筑、房地产、租赁商务）此处没有资产数据，只按另一指标划分',
        'The other lines are to be checked; where the standard also asks for assets (construction, real estate, leasing), there are none at hand and the other measure decides alone',
      ),
      clause: '附表',
      verified: false,
    },
  ],
  tables: {
    rows: [
      size('01', '05', [0, 20_000], [0, 500], [0, 50]),
      size('06', '46', [1000, 40_000], [300, 2000], [20, 300]),
      size('47', '50', [0, 80_000], [0, 6000], [0, 300]),
      size('51', '51', [200, 40_000], [20, 5000], [5, 1000]),
      size('52', '52', [300, 20_000], [50, 500], [10, 100]),
      size('53', '58', [1000, 30_000], [300, 3000], [20, 200]),
      size('59', '59', [200, 30_000], [100, 1000], [20, 100]),
      size('60', '60', [1000, 30_000], [300, 2000], [20, 100]),
      size('61', '62', [300, 10_000], [100, 2000], [10, 100]),
      size('63', '64', [2000, 100_000], [100, 1000], [10, 100]),
      size('65', '65', [300, 10_000], [100, 1000], [10, 50]),
      size('70', '70', [0, 200_000], [0, 1000], [0, 100]),
      size('71', '72', [300, 0], [100, 0], [10, 0]),
      size('73', '98', [300, 0], [100, 0], [10, 0]),
    ],
  },
  vectors: [
    { title: 'large industry', facts: { division: '34', staff: 1000, revenue: 40_000 }, expected: 'large' },
    { title: 'one measure short: medium', facts: { division: '34', staff: 1000, revenue: 39_999 }, expected: 'medium' },
    { title: 'medium industry', facts: { division: '34', staff: 300, revenue: 2000 }, expected: 'medium' },
    { title: 'small industry', facts: { division: '34', staff: 20, revenue: 300 }, expected: 'small' },
    { title: 'micro', facts: { division: '34', staff: 19, revenue: 300 }, expected: 'micro' },
  ],
})

/** Size class of a firm: both lower limits of a class must be reached. The tags read the lines as `rule_size`. */
export const sizeRule = rule({
  id: 'legal-persons.size',
  title: words('企业规模划分', 'Size class of an enterprise'),
  facts: Type.Object(
    { division: Type.String({ pattern: '^\\d{2}$' }), staff: Type.Integer(), revenue: Type.Number() },
    { additionalProperties: false },
  ),
  result: Type.Union([Type.String(), Type.Null()]),
  packs: [edition2017],
  evaluate: ({ rows }: { readonly rows: readonly SizeRow[] }, { division, staff, revenue }) => {
    const line = rows.find(({ low, high }) => low <= division && division <= high)
    if (!line) return { result: null, explanation: [words('行业不在划分范围', 'The industry is not classed')] }
    const reached = (needStaff: number, needRevenue: number) => staff >= needStaff && revenue >= needRevenue
    const result = reached(line.large_staff, line.large_revenue)
      ? 'large'
      : reached(line.medium_staff, line.medium_revenue)
        ? 'medium'
        : reached(line.small_staff, line.small_revenue)
          ? 'small'
          : 'micro'
    return {
      result,
      explanation: [
        words(`从业 ${staff} 人，营业收入 ${revenue} 万元`, `Staff ${staff}, revenue ${revenue} × 10,000 yuan`),
      ],
    }
  },
})

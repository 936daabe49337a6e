import { Type } from 'typebox'
import { rule, rulePack } from '#platform/rules'
import { words } from '#runtime'

/** Percent over all chains of shares above which somebody is named, and above which he controls. */
export interface ControlTables {
  readonly named: number
  readonly control: number
}

const pack = rulePack<ControlTables, { percent: number }>({
  id: 'beneficial-owner-2024',
  title: words('受益所有人和实际控制人的比例', 'Shares of beneficial owners and of control'),
  source: { document: '受益所有人信息管理办法（中国人民银行、市场监管总局令〔2024〕第3号）', clause: '第六条' },
  validFrom: '2024-11-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        '25% 依《受益所有人信息管理办法》第六条，是否含本数、超过 50% 即为控制两点待与原文核对',
        'A quarter after article 6; whether the quarter itself counts, and that more than half is control, is to be checked with the text',
      ),
      clause: '第六条',
      verified: false,
    },
  ],
  tables: { named: 25, control: 50 },
  vectors: [
    {
      title: 'a quarter is not more than a quarter',
      facts: { percent: 25 },
      expected: { isNamed: false, isControl: false },
    },
    { title: 'forty percent are named', facts: { percent: 40 }, expected: { isNamed: true, isControl: false } },
    { title: 'fifty-six percent control', facts: { percent: 56 }, expected: { isNamed: true, isControl: true } },
  ],
})

/** What a share of a firm over all chains means. */
export const controlRule = rule({
  id: 'one-file.control',
  title: words('实际控制人认定', 'Who controls a firm'),
  facts: Type.Object({ percent: Type.Number({ minimum: 0, maximum: 101 }) }),
  result: Type.Object({ isNamed: Type.Boolean(), isControl: Type.Boolean() }),
  packs: [pack],
  evaluate: ({ named, control }: ControlTables, { percent }) => ({
    result: { isNamed: percent > named, isControl: percent > control },
    explanation: [
      words(
        `各条股权链合计 ${percent}%，超过 ${named}% 列为受益所有人，超过 ${control}% 为实际控制人`,
        `${percent} % over all chains; named above ${named} %, controls above ${control} %`,
      ),
    ],
  }),
})

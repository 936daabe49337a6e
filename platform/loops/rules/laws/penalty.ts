import { words } from '#runtime'
import { law, lawPack } from '../law.ts'

/** Terms of penalties; "2, 3, 5, 7 days" are working days by art. 85, others are natural days. */
export const penalty = lawPack({
  id: 'penalty-law-2021',
  title: words('行政处罚法规定的期限', 'Terms of the Administrative Penalty Law'),
  source: {
    document: '中华人民共和国行政处罚法（2021 年修订）',
    clause: '第五十六条、第六十条、第六十一条、第六十四条、第八十五条',
  },
  locality: 'CN',
  validFrom: '2021-07-15',
  validTo: null,
  tables: {
    law: words('行政处罚法', 'Administrative Penalty Law'),
    terms: {
      decide: {
        title: words('作出处罚决定，自立案', 'Decide, from filing'),
        limit: '90d',
        clause: words('第六十条', 'art. 60'),
      },
      evidence: {
        title: words('处理先行登记保存的证据，自登记', 'Deal with evidence registered in advance, from registration'),
        limit: '7wd',
        clause: words('第五十六条', 'art. 56'),
      },
      serve: {
        title: words('送达处罚决定书，自决定', 'Serve the decision, from the decision'),
        limit: '7wd',
        clause: words('第六十一条', 'art. 61'),
      },
    },
  },
  notes: [
    {
      text: words('“二日”“三日”“五日”“七日”是指工作日，不含法定节假日。', '"2, 3, 5, 7 days" are working days.'),
      clause: '第八十五条',
      verified: true,
    },
    {
      text: words(
        '法律、法规、规章对处罚决定期限另有规定的，从其规定。',
        'Other laws, regulations and rules may set another term.',
      ),
      clause: '第六十条',
      verified: true,
    },
  ],
  vectors: [
    {
      title: 'seven days are working days, the make-up days counted',
      facts: { term: 'evidence', from: '2025-09-26' },
      expected: { limit: '7wd', basis: '行政处罚法第五十六条', until: '2025-10-13' },
    },
    {
      title: 'ninety days are natural days; the last one, a Saturday, moves to Monday',
      facts: { term: 'decide', from: '2025-08-10' },
      expected: { until: '2025-11-10' },
    },
  ],
})

export const penaltyLaw = law('penalty', penalty.title, [penalty])

import { words } from '#runtime'
import { ARTICLE_UNCHECKED, law, lawPack } from '../law.ts'

/** Terms of government inspection [督查]. */
export const inspection = lawPack({
  id: 'inspection-regulation-2021',
  title: words('政府督查工作条例规定的期限', 'Terms of the Government Inspection Regulation'),
  source: { document: '政府督查工作条例（国务院令第733号）', clause: '异议与复核' },
  locality: 'CN',
  validFrom: '2021-02-01',
  validTo: null,
  tables: {
    law: words('政府督查工作条例', 'Government Inspection Regulation'),
    terms: {
      object: {
        title: words('督查对象申请复核，自收到结论', 'The inspected unit objects, from receipt of the conclusion'),
        limit: '30d',
        clause: words('第十八条', 'art. 18'),
      },
      review: {
        title: words('作出复核决定，自收到申请', 'Decide on the objection, from its receipt'),
        limit: '30d',
        clause: words('第十八条', 'art. 18'),
      },
    },
  },
  notes: [ARTICLE_UNCHECKED],
  vectors: [
    {
      title: 'thirty natural days',
      facts: { term: 'object', from: '2025-11-03' },
      expected: { limit: '30d', until: '2025-12-03' },
    },
  ],
})

export const inspectionLaw = law('inspection', inspection.title, [inspection])

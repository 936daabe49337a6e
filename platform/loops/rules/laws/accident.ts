import { words } from '#runtime'
import { ARTICLE_UNCHECKED, law, lawPack } from '../law.ts'

/** Terms of reporting production accidents; hours of any day. */
export const accident = lawPack({
  id: 'accident-regulation-2007',
  title: words('生产安全事故报告期限', 'Terms of reporting production accidents'),
  source: { document: '生产安全事故报告和调查处理条例（国务院令第493号）', clause: '第九条、第十一条' },
  locality: 'CN',
  validFrom: '2007-06-01',
  validTo: null,
  tables: {
    law: words('生产安全事故报告和调查处理条例', 'Production Accident Regulation'),
    terms: {
      unit: {
        title: words(
          '单位负责人向县级部门报告，自接到报告',
          'The head of the unit reports to the county, from when he hears of it',
        ),
        limit: '1h',
        clause: words('第九条', 'art. 9'),
      },
      tier: {
        title: words('逐级上报，每级', 'Each tier reports upward'),
        limit: '2h',
        clause: words('第十一条', 'art. 11'),
      },
    },
  },
  notes: [ARTICLE_UNCHECKED],
  vectors: [
    {
      title: 'an hour in the night of a holiday',
      facts: { term: 'unit', from: '2025-10-01T23:30:00+08:00' },
      expected: { limit: '1h', until: '2025-10-01T16:30:00.000Z' },
    },
  ],
})

export const accidentLaw = law('accident', accident.title, [accident])

import { words } from '#runtime'
import { law, lawPack } from '../law.ts'

/** Terms of petitions; natural days, but the objection of the unit is in working days. */
export const petition = lawPack({
  id: 'petition-regulation-2022',
  title: words('信访工作条例规定的期限', 'Terms of the Petition Work Regulation'),
  source: { document: '信访工作条例（2022-02-25）', clause: '第二十二条、第二十三条、第三十四条至第三十六条' },
  locality: 'CN',
  validFrom: '2022-05-01',
  validTo: null,
  tables: {
    law: words('信访工作条例', 'Petition Work Regulation'),
    terms: {
      route: {
        title: words('登记并转送、交办，自收到', 'Register and route, from receipt'),
        limit: '15d',
        clause: words('第二十二条', 'art. 22'),
      },
      object: {
        title: words('单位对转送、交办提出异议，自收到', 'The unit says that it is not its own, from receipt'),
        limit: '5wd',
        clause: words('第二十三条', 'art. 23'),
      },
      close: {
        title: words('办结，自受理', 'Close, from acceptance'),
        limit: '60d',
        extension: '30d',
        clause: words('第三十四条', 'art. 34'),
      },
      'ask-review': {
        title: words('信访人请求复查，自收到书面答复', 'The petitioner asks for review, from the written answer'),
        limit: '30d',
        clause: words('第三十五条', 'art. 35'),
      },
      review: {
        title: words('提出复查意见，自收到请求', 'Answer the review, from the request'),
        limit: '30d',
        clause: words('第三十五条', 'art. 35'),
      },
      'ask-second-review': {
        title: words(
          '信访人请求复核，自收到复查答复',
          'The petitioner asks for re-review, from the answer of the review',
        ),
        limit: '30d',
        clause: words('第三十六条', 'art. 36'),
      },
      'second-review': {
        title: words('提出复核意见，自收到请求', 'Answer the re-review, from the request'),
        limit: '30d',
        clause: words('第三十六条', 'art. 36'),
      },
    },
  },
  notes: [],
  vectors: [
    {
      title: 'sixty days that end in the National Day holiday move to the first working day',
      facts: { term: 'close', from: '2025-08-06' },
      expected: { limit: '60d', basis: '信访工作条例第三十四条', until: '2025-10-09' },
    },
    { title: 'five working days', facts: { term: 'object', from: '2025-11-07' }, expected: { until: '2025-11-14' } },
  ],
})

export const petitionLaw = law('petition', petition.title, [petition])

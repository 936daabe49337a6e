import { words } from '#runtime'
import { ARTICLE_UNCHECKED, law, lawPack } from '../law.ts'

/** Terms of people's mediation. */
export const mediation = lawPack({
  id: 'mediation-law-2010',
  title: words('人民调解法规定的期限', "Terms of the People's Mediation Law"),
  source: { document: '中华人民共和国人民调解法', clause: '第三十三条' },
  locality: 'CN',
  validFrom: '2011-01-01',
  validTo: null,
  tables: {
    law: words('人民调解法', "People's Mediation Law"),
    terms: {
      confirm: {
        title: words(
          '共同申请司法确认，自调解协议生效',
          'Both ask the court to confirm, from when the agreement takes effect',
        ),
        limit: '30d',
        clause: words('第三十三条', 'art. 33'),
      },
    },
  },
  notes: [ARTICLE_UNCHECKED],
  vectors: [
    {
      title: 'a last day on a Saturday moves to Monday',
      facts: { term: 'confirm', from: '2025-10-16' },
      expected: { limit: '30d', until: '2025-11-17' },
    },
  ],
})

export const mediationLaw = law('mediation', mediation.title, [mediation])

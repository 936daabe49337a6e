import { words } from '#runtime'
import { law, lawPack } from '../law.ts'

const term = (
  zh: string,
  en: string,
  limit: string,
  article: readonly [zh: string, en: number],
  extension?: string,
) => ({
  title: words(zh, en),
  limit,
  clause: words(`第${article[0]}条`, `art. ${article[1]}`),
  ...(extension ? { extension } : {}),
})
const held = { custody: true } as const

/** Terms of criminal procedure; custody counts every day and never moves from a day off (art. 105). */
export const criminal = lawPack({
  id: 'criminal-procedure-law-2018',
  title: words('刑事诉讼法规定的办案期限', 'Terms of the Criminal Procedure Law'),
  source: {
    document: '中华人民共和国刑事诉讼法（2018 年修正）',
    clause:
      '第九十一条、第一百零五条、第一百五十六条、第一百七十二条、第一百七十五条、第二百零八条、第二百二十条、第二百二十五条',
  },
  locality: 'CN',
  validFrom: '2018-10-26',
  validTo: null,
  tables: {
    law: words('刑事诉讼法', 'Criminal Procedure Law'),
    terms: {
      'request-arrest': {
        ...term('提请批准逮捕，自拘留', 'Request arrest, from detention', '3d', ['九十一', 91], '4d'),
        ...held,
      },
      'request-arrest-gang': {
        ...term(
          '提请批准逮捕（流窜、多次、结伙作案），自拘留',
          'Request arrest (roaming, repeated, in a gang), from detention',
          '30d',
          ['九十一', 91],
        ),
        ...held,
      },
      'review-arrest': {
        ...term('审查批准逮捕，自接到提请', 'Review the arrest, from the request', '7d', ['九十一', 91]),
        ...held,
      },
      investigate: {
        ...term('侦查羁押，自逮捕', 'Custody in inquiry, from arrest', '2m', ['一百五十六', 156], '1m'),
        ...held,
      },
      prosecute: term('审查起诉，自收到移送', 'Prosecution review, from hand-over', '1m', ['一百七十二', 172], '15d'),
      supplement: term('补充侦查，自退回', 'Supplementary inquiry, from its order', '1m', ['一百七十五', 175]),
      trial: term('第一审公诉案件宣判，自受理', 'First instance, from acceptance', '2m', ['二百零八', 208], '1m'),
      summary: term('简易程序审结，自受理', 'Summary procedure, from acceptance', '20d', ['二百二十', 220]),
      fast: term('速裁程序审结，自受理', 'Fast-track procedure, from acceptance', '10d', ['二百二十五', 225], '5d'),
    },
  },
  notes: [
    {
      text: words(
        '期间最后一日为节假日的顺延；在押期间不因节假日延长。在押的审查起诉、审判期限同样不顺延。',
        'A last day off moves on, but never while the person is held; so do review and trial of a person in custody.',
      ),
      clause: '第一百零五条',
      verified: false,
    },
    {
      text: words(
        '侦查羁押还可依第一百五十八条、第一百五十九条各延长二个月；简易程序可至一个半月，速裁程序可至十五日。',
        'Custody in inquiry may be extended twice more, by two months each (art. 158, 159); summary to a month and a half, fast-track to 15 days.',
      ),
      clause: '第一百五十八条、第一百五十九条、第二百二十条、第二百二十五条',
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'custody ends in the holiday, on its very day',
      facts: { term: 'review-arrest', from: '2025-09-28' },
      expected: { limit: '7d', until: '2025-10-05' },
    },
    {
      title: 'another term that ends in the holiday moves to the first working day',
      facts: { term: 'fast', from: '2025-09-25' },
      expected: { limit: '10d', until: '2025-10-09' },
    },
    {
      title: 'two months lead to the corresponding day',
      facts: { term: 'investigate', from: '2025-12-31' },
      expected: { limit: '2m', until: '2026-02-28' },
    },
  ],
})

export const criminalLaw = law('criminal', criminal.title, [criminal])

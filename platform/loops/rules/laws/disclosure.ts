import { words } from '#runtime'
import { law, lawPack } from '../law.ts'

/** Terms of disclosing government information. */
export const disclosure = lawPack({
  id: 'disclosure-regulation-2019',
  title: words('政府信息公开条例规定的期限', 'Terms of the Government Information Disclosure Regulation'),
  source: {
    document: '中华人民共和国政府信息公开条例（2019 年修订）',
    clause: '第二十六条、第三十条、第三十二条至第三十四条',
  },
  locality: 'CN',
  validFrom: '2019-05-15',
  validTo: null,
  tables: {
    law: words('政府信息公开条例', 'Government Information Disclosure Regulation'),
    terms: {
      publish: {
        title: words('主动公开，自信息形成或变更', 'Publish by itself, from when the information is made or changed'),
        limit: '20wd',
        clause: words('第二十六条', 'art. 26'),
      },
      correct: {
        title: words('一次性告知补正，自收到申请', 'Ask once for correction, from receipt'),
        limit: '7wd',
        clause: words('第三十条', 'art. 30'),
      },
      'third-party': {
        title: words('第三方提出意见，自收到征求意见书', 'The third party gives its opinion, from when it is asked'),
        limit: '15wd',
        clause: words('第三十二条', 'art. 32'),
        silence: words('逾期未提出意见的，由行政机关决定是否公开', 'In silence the authority decides by itself'),
      },
      'joint-author': {
        title: words(
          '共同制作机关提出意见，自收到征求意见书',
          'A joint author gives its opinion, from when it is asked',
        ),
        limit: '15wd',
        clause: words('第三十四条', 'art. 34'),
        silence: words('逾期未提出意见的，视为同意公开', 'In silence it counts as agreed'),
      },
      answer: {
        title: words('答复申请，自收到申请', 'Answer a request, from receipt'),
        limit: '20wd',
        extension: '20wd',
        clause: words('第三十三条', 'art. 33'),
      },
    },
  },
  notes: [
    {
      text: words(
        '征求第三方和其他机关意见所需时间不计入：事项中用“暂停计时”。',
        'Time for the opinion of others does not count: pause the clock.',
      ),
      clause: '第三十三条',
      verified: true,
    },
  ],
  vectors: [
    {
      title: 'seven working days',
      facts: { term: 'correct', from: '2025-11-03' },
      expected: { limit: '7wd', basis: '政府信息公开条例第三十条', until: '2025-11-12' },
    },
  ],
})

export const disclosureLaw = law('disclosure', disclosure.title, [disclosure])

import { words } from '#runtime'
import { law, lawPack } from '../law.ts'

/** Terms of publishing what companies and authorities know of companies. */
export const company = lawPack({
  id: 'company-information-regulation-2014',
  title: words('企业信息公示暂行条例规定的期限', 'Terms of the Company Information Regulation'),
  source: { document: '企业信息公示暂行条例（2014）', clause: '第六条、第十条、第十三条' },
  locality: 'CN',
  validFrom: '2014-10-01',
  validTo: null,
  tables: {
    law: words('企业信息公示暂行条例', 'Company Information Regulation'),
    terms: {
      authority: {
        title: words('登记机关公示，自信息产生', 'The registrar publishes, from when the information arises'),
        limit: '20wd',
        clause: words('第六条', 'art. 6'),
      },
      company: {
        title: words('企业公示，自信息形成', 'The company publishes, from when the information is formed'),
        limit: '20wd',
        clause: words('第十条', 'art. 10'),
      },
      report: {
        title: words(
          '核查虚假信息举报并告知，自接到举报材料',
          'Check a report of false information and answer, from its receipt',
        ),
        limit: '20wd',
        clause: words('第十三条第一款', 'art. 13 para. 1'),
      },
      inquiry: {
        title: words('答复对公示信息的查询，自收到申请', 'Answer an inquiry, from its receipt'),
        limit: '20wd',
        clause: words('第十三条第二款', 'art. 13 para. 2'),
      },
    },
  },
  notes: [
    {
      text: words(
        '依据 2014 年文本；条例已于 2024 年修订，期限和条款序号待核对。',
        'Read in the text of 2014; it was amended in 2024, terms and articles are to be checked.',
      ),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'twenty working days without holidays between',
      facts: { term: 'company', from: '2025-11-03' },
      expected: { limit: '20wd', until: '2025-12-01' },
    },
  ],
})

export const companyLaw = law('company', company.title, [company])

import { words } from '#runtime'
import { law, lawPack } from '../law.ts'

/** Terms of licences; all are working days by art. 82. */
export const licensing = lawPack({
  id: 'licensing-law-2019',
  title: words('行政许可法规定的期限', 'Terms of the Administrative Licensing Law'),
  source: {
    document: '中华人民共和国行政许可法（2019 年修正）',
    clause: '第三十二条、第四十二条至第四十四条、第四十七条、第八十二条',
  },
  locality: 'CN',
  validFrom: '2019-04-23',
  validTo: null,
  tables: {
    law: words('行政许可法', 'Administrative Licensing Law'),
    terms: {
      ask: {
        title: words('一次性告知补正材料，自收到材料', 'Ask once for what is missing, from receipt'),
        limit: '5wd',
        clause: words('第三十二条', 'art. 32'),
        silence: words(
          '逾期不告知的，自收到申请材料之日起即为受理',
          'In silence the application counts as accepted from its receipt',
        ),
      },
      decide: {
        title: words('作出许可决定，自受理', 'Decide, from acceptance'),
        limit: '20wd',
        extension: '10wd',
        clause: words('第四十二条第一款', 'art. 42 para. 1'),
      },
      joint: {
        title: words('统一、联合、集中办理，自受理', 'Joint decision of several authorities, from acceptance'),
        limit: '45wd',
        extension: '15wd',
        clause: words('第四十二条第二款', 'art. 42 para. 2'),
      },
      review: {
        title: words('下级机关审查完毕，自受理', 'Review by the lower authority, from acceptance'),
        limit: '20wd',
        clause: words('第四十三条', 'art. 43'),
      },
      deliver: {
        title: words('颁发、送达许可证件，自决定', 'Deliver the licence, from the decision'),
        limit: '10wd',
        clause: words('第四十四条', 'art. 44'),
      },
      hear: {
        title: words('组织听证，自提出听证申请', 'Hold the hearing, from its request'),
        limit: '20wd',
        clause: words('第四十七条', 'art. 47'),
      },
    },
  },
  notes: [
    {
      text: words('期限以工作日计算，不含法定节假日。', 'Terms are working days, without statutory holidays.'),
      clause: '第八十二条',
      verified: true,
    },
    {
      text: words(
        '听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间不计入，应书面告知：事项中用“暂停计时”。',
        'Hearings, tenders, auctions, inspections and expert reviews do not count and are told in writing: pause the clock.',
      ),
      clause: '第四十五条',
      verified: true,
    },
  ],
  vectors: [
    {
      title: 'twenty working days over a make-up Sunday before the National Day',
      facts: { term: 'decide', from: '2025-09-01' },
      expected: { limit: '20wd', basis: '行政许可法第四十二条第一款', until: '2025-09-28' },
    },
    {
      title: 'five working days over the whole holiday',
      facts: { term: 'ask', from: '2025-09-29' },
      expected: { until: '2025-10-13' },
    },
  ],
})

export const licensingLaw = law('licensing', licensing.title, [licensing])

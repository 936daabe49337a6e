import { words } from '#runtime'
import { ARTICLE_UNCHECKED, law, lawPack } from '../law.ts'

/** Terms of reporting cyber incidents that are "larger" or worse; hours of any day. */
export const cyber = lawPack({
  id: 'cyber-incident-reporting-2025',
  title: words('网络安全事件报告期限', 'Terms of reporting cyber incidents'),
  source: { document: '国家网络安全事件报告管理办法（2025-11-01 起施行）', clause: '报告时限' },
  locality: 'CN',
  validFrom: '2025-11-01',
  validTo: null,
  tables: {
    law: words('国家网络安全事件报告管理办法', 'Measures on Reporting Cyber Incidents'),
    terms: {
      critical: {
        title: words(
          '关键信息基础设施运营者报告，自发现',
          'The operator of critical infrastructure reports, from discovery',
        ),
        limit: '1h',
        clause: words('报告时限', '(reporting)'),
      },
      'critical-up': {
        title: words('保护工作部门上报，自收到报告', 'Its department reports upward, from receipt'),
        limit: '30min',
        clause: words('报告时限', '(reporting)'),
      },
      central: {
        title: words('中央和国家机关报告，自发现', 'A central organ reports, from discovery'),
        limit: '2h',
        clause: words('报告时限', '(reporting)'),
      },
      other: {
        title: words('其他网络运营者报告，自发现', 'Any other operator reports, from discovery'),
        limit: '4h',
        clause: words('报告时限', '(reporting)'),
      },
      up: {
        title: words('收到报告的部门上报，自收到报告', 'Whoever received it reports upward, from receipt'),
        limit: '1h',
        clause: words('报告时限', '(reporting)'),
      },
    },
  },
  notes: [ARTICLE_UNCHECKED],
  vectors: [
    {
      title: 'four hours over midnight',
      facts: { term: 'other', from: '2025-12-06T22:00:00+08:00' },
      expected: { limit: '4h', until: '2025-12-06T18:00:00.000Z' },
    },
  ],
})

export const cyberLaw = law('cyber', cyber.title, [cyber])

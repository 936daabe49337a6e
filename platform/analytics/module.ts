import { defineModule, words } from '#runtime'

export const analyticsModule = defineModule({
  id: 'analytics',
  title: words('数据分析', 'Analytics'),
  about: words(
    '数据集的分析快照、受限的查询引擎和 SQL 分析台',
    'Copies of datasets for analysis, an engine that is kept within limits, and the SQL console',
  ),
  needs: ['identity', 'registry'],
  folder: import.meta.dirname,
  rights: [
    { id: 'analytics.ask', title: words('用 SQL 查询分析表', 'Ask tables of analysis in SQL') },
    { id: 'analytics.refresh', title: words('更新分析表', 'Bring tables of analysis up to date') },
  ],
  roles: [
    {
      id: 'analytics.steward',
      title: words('数据分析员', 'Analyst of data'),
      demoPosts: ['city.big-data.administrator', 'city.big-data.steward'],
      rights: { 'analytics.ask': 'city', 'analytics.refresh': 'city' },
    },
  ],
  auditEvents: [
    { id: 'analytics.question.asked', title: words('查询了分析表', 'Tables of analysis were asked'), kind: 'personal' },
    {
      id: 'analytics.question.shown',
      title: words('查询结果显示了个人信息', 'An answer of an analysis showed personal data'),
      kind: 'personal',
    },
    {
      id: 'analytics.question.exported',
      title: words('导出了查询结果', 'An answer of an analysis was exported'),
      kind: 'personal',
    },
    {
      id: 'analytics.table.wanted',
      title: words('要求更新分析表', 'A table was to be brought up to date'),
      kind: 'write',
    },
  ],
  server: () => import('./server/index.ts'),
})

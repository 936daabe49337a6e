import type { Page } from '#portal/ui'

const read = 'supervision.cloud.read'

export const pages: readonly Page[] = [
  {
    path: '/supervision',
    title: { zh: '督查督办', en: 'Supervision' },
    right: read,
    menu: { group: 'city', order: 1 },
    load: () => import('./overview-page.tsx').then((m) => m.OverviewPage),
  },
  {
    path: '/supervision/tree',
    title: { zh: '目标树和进度', en: 'Plan and progress' },
    right: read,
    menu: { group: 'city', order: 2 },
    load: () => import('./tree-page.tsx').then((m) => m.TreePage),
  },
  {
    path: '/supervision/tasks/$id',
    title: { zh: '督查任务', en: 'Task' },
    right: read,
    load: () => import('./task-page.tsx').then((m) => m.TaskPage),
  },
  {
    path: '/supervision/scores',
    title: { zh: '年度得分', en: 'Scores' },
    right: read,
    menu: { group: 'city', order: 3 },
    load: () => import('./scores-page.tsx').then((m) => m.ScoresPage),
  },
  {
    path: '/supervision/statistics',
    title: { zh: '督查统计', en: 'Statistics of key work' },
    right: read,
    menu: { group: 'city', order: 4 },
    load: () => import('./statistics-page.tsx').then((m) => m.StatisticsPage),
  },
  {
    path: '/supervision/letters/$id',
    title: { zh: '督办文书', en: 'Letter of supervision' },
    right: read,
    load: () => import('./letter-page.tsx').then((m) => m.LetterPage),
  },
  {
    path: '/supervision/instructions',
    title: { zh: '批示件', en: 'Instructions' },
    menu: { group: 'loops', order: 30 },
    load: () => import('./instructions-page.tsx').then((m) => m.InstructionsPage),
  },
  {
    path: '/supervision/drafts',
    title: { zh: '工作报告分解', en: 'Break down a report' },
    right: 'supervision.cloud.plan',
    menu: { group: 'city', order: 5 },
    load: () => import('./drafts-page.tsx').then((m) => m.DraftsPage),
  },
]

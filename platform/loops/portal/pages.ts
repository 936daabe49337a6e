import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/loops/inbox',
    title: { zh: '我的事项', en: 'My matters' },
    menu: { group: 'loops', order: 0 },
    load: () => import('./inbox-page.tsx').then((m) => m.InboxPage),
  },
  {
    path: '/loops',
    title: { zh: '事项查询', en: 'Find matters' },
    menu: { group: 'loops', order: 1 },
    load: () => import('./search-page.tsx').then((m) => m.SearchPage),
  },
  {
    path: '/loops/statistics',
    title: { zh: '事项统计', en: 'Statistics of matters' },
    right: 'loops.read',
    menu: { group: 'loops', order: 2 },
    load: () => import('./statistics-page.tsx').then((m) => m.StatisticsPage),
  },
  {
    path: '/loops/mining',
    title: { zh: '办理路径分析', en: 'How matters really go' },
    right: 'loops.read',
    menu: { group: 'loops', order: 3 },
    load: () => import('./mining/mining-page.tsx').then((m) => m.MiningPage),
  },
  {
    path: '/loops/rulings',
    title: { zh: '职责裁定', en: 'Rulings on whose matter it is' },
    right: 'loops.supervise',
    menu: { group: 'loops', order: 6 },
    load: () => import('./rulings/rulings-page.tsx').then((m) => m.RulingsPage),
  },
  {
    path: '/loops/hand-over',
    title: { zh: '人员变动移交', en: 'Hand over matters' },
    right: 'loops.hand-over',
    menu: { group: 'loops', order: 7 },
    load: () => import('./hand-over/hand-over-page.tsx').then((m) => m.HandOverPage),
  },
  {
    path: '/loops/definitions',
    title: { zh: '流程定制', en: 'Definitions of matters' },
    right: 'loops.define',
    menu: { group: 'loops', order: 8 },
    load: () => import('./editor/definitions-page.tsx').then((m) => m.DefinitionsPage),
  },
  {
    path: '/loops/definitions/$id',
    title: { zh: '流程编辑', en: 'Editor of a definition' },
    right: 'loops.define',
    load: () => import('./editor/editor-page.tsx').then((m) => m.EditorPage),
  },
  {
    path: '/loops/$id',
    title: { zh: '事项', en: 'Matter' },
    under: '/loops/inbox',
    load: () => import('./loop-page.tsx').then((m) => m.LoopPage),
  },
]

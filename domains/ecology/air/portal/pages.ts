import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/air',
    title: { zh: '空气质量', en: 'Air quality' },
    right: 'air.data.read',
    menu: { group: 'city', order: 10 },
    load: () => import('./overview-page.tsx').then((m) => m.OverviewPage),
  },
  {
    path: '/air/stations/$code',
    title: { zh: '空气站点', en: 'Air station' },
    right: 'air.data.read',
    load: () => import('./station-page.tsx').then((m) => m.StationPage),
  },
  {
    path: '/air/rankings',
    title: { zh: '空气质量排名', en: 'Air rankings' },
    right: 'air.data.read',
    menu: { group: 'city', order: 11 },
    load: () => import('./rankings-page.tsx').then((m) => m.RankingsPage),
  },
  {
    path: '/air/evaluation',
    title: { zh: '空气年度评价', en: 'Annual evaluation of air' },
    right: 'air.data.read',
    menu: { group: 'city', order: 12 },
    load: () => import('./evaluation-page.tsx').then((m) => m.EvaluationPage),
  },
  {
    path: '/air/findings',
    title: { zh: '监测数据质量', en: 'Quality of air data' },
    right: 'air.exceedance.read',
    menu: { group: 'city', order: 13 },
    load: () => import('./findings-page.tsx').then((m) => m.FindingsPage),
  },
  {
    path: '/air/differences',
    title: { zh: '与发布值核对', en: 'Checked against the authority' },
    right: 'air.data.read',
    menu: { group: 'city', order: 14 },
    load: () => import('./differences-page.tsx').then((m) => m.DifferencesPage),
  },
]

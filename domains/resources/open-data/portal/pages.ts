import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/open-data',
    title: { zh: '开放数据', en: 'Open data' },
    open: true,
    bar: 10,
    load: () => import('./home-page.tsx').then((m) => m.HomePage),
  },
  {
    path: '/open-data/datasets',
    title: { zh: '数据集', en: 'Datasets' },
    open: true,
    bar: 11,
    load: () => import('./search-page.tsx').then((m) => m.SearchPage),
  },
  {
    path: '/open-data/datasets/$id',
    title: { zh: '开放数据集', en: 'Open dataset' },
    open: true,
    load: () => import('./dataset-page.tsx').then((m) => m.DatasetPage),
  },
  {
    path: '/open-data/requests',
    title: { zh: '需求与答复', en: 'Requests and answers' },
    open: true,
    bar: 12,
    load: () => import('./board-page.tsx').then((m) => m.BoardPage),
  },
  {
    path: '/open-data/developers',
    title: { zh: '开发者', en: 'Developers' },
    open: true,
    bar: 13,
    load: () => import('./developers-page.tsx').then((m) => m.DevelopersPage),
  },
  {
    path: '/open-data/apply/$id',
    title: { zh: '申请使用数据', en: 'Apply for data' },
    load: () => import('./apply-page.tsx').then((m) => m.ApplyPage),
  },
  {
    path: '/open-data/manage',
    title: { zh: '数据开放管理', en: 'Managing open data' },
    right: 'open-data.read',
    menu: { group: 'data', order: 40 },
    load: () => import('./manage/manage-page.tsx').then((m) => m.ManagePage),
  },
  {
    path: '/open-data/manage/$id',
    title: { zh: '开放数据集管理', en: 'Managing an open dataset' },
    right: 'open-data.read',
    load: () => import('./manage/entry-page.tsx').then((m) => m.EntryPage),
  },
  {
    path: '/open-data/propose',
    title: { zh: '提出开放发布', en: 'Propose a release' },
    right: 'open-data.propose',
    load: () => import('./manage/propose-page.tsx').then((m) => m.ProposePage),
  },
]

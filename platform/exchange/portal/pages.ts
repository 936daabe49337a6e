import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/data',
    title: { zh: '数据目录', en: 'Datasets' },
    right: 'exchange.catalogue.read',
    menu: { group: 'data', order: 0 },
    load: () => import('./catalogue-page.tsx').then((m) => m.CataloguePage),
  },
  {
    path: '/exchange/datasets/$dataset',
    title: { zh: '数据集共享信息', en: 'Sharing of a dataset' },
    right: 'exchange.catalogue.read',
    load: () => import('./dataset-page.tsx').then((m) => m.DatasetPage),
  },
  {
    path: '/exchange/apply/$dataset',
    title: { zh: '申请共享数据', en: 'Apply for data' },
    right: 'exchange.apply',
    load: () => import('./apply-page.tsx').then((m) => m.ApplyPage),
  },
  {
    path: '/exchange/requests',
    title: { zh: '共享申请', en: 'Applications for data' },
    right: 'exchange.read',
    menu: { group: 'data', order: 4 },
    load: () => import('./requests-page.tsx').then((m) => m.RequestsPage),
  },
  {
    path: '/exchange/grants',
    title: { zh: '共享授权', en: 'Grants' },
    right: 'exchange.read',
    menu: { group: 'data', order: 5 },
    load: () => import('./grants-page.tsx').then((m) => m.GrantsPage),
  },
  {
    path: '/exchange/grants/$grant',
    title: { zh: '一项授权', en: 'A grant' },
    right: 'exchange.read',
    load: () => import('./grant-page.tsx').then((m) => m.GrantPage),
  },
  {
    path: '/exchange/return-flow',
    title: { zh: '数据回流', en: 'Return flow' },
    right: 'exchange.read',
    menu: { group: 'data', order: 6 },
    load: () => import('./return-flow-page.tsx').then((m) => m.ReturnFlowPage),
  },
]

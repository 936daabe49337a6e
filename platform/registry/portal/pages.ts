import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/imports',
    title: { zh: '数据导入', en: 'Imports' },
    right: 'registry.load.read',
    menu: { group: 'data', order: 1 },
    load: () => import('./loads-page.tsx').then((m) => m.LoadsPage),
  },
  {
    path: '/imports/$load',
    title: { zh: '一次导入', en: 'Import' },
    right: 'registry.load.read',
    load: () => import('./load-page.tsx').then((m) => m.LoadPage),
  },
  {
    path: '/data-retention',
    title: { zh: '保存期满的数据', en: 'Data past their retention' },
    right: 'registry.read',
    menu: { group: 'data', order: 9 },
    load: () => import('./retention-page.tsx').then((m) => m.RetentionPage),
  },
  {
    path: '/define-dataset',
    title: { zh: '定义数据集', en: 'Define a dataset' },
    right: 'registry.steward',
    load: () => import('./define-page.tsx').then((m) => m.DefinePage),
  },
  {
    path: '/data/$dataset',
    title: { zh: '数据集', en: 'Dataset' },
    right: 'registry.read',
    load: () => import('./dataset-page.tsx').then((m) => m.DatasetPage),
  },
  {
    path: '/data/$dataset/import',
    title: { zh: '导入数据', en: 'Import data' },
    right: 'registry.load.write',
    load: () => import('./import-page.tsx').then((m) => m.ImportPage),
  },
  {
    path: '/data/$dataset/rows/$row',
    title: { zh: '数据详情', en: 'Row' },
    right: 'registry.read',
    load: () => import('./row-page.tsx').then((m) => m.RowPage),
  },
]

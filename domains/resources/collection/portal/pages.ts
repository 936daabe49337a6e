import type { Page } from '#portal/ui'

const read = 'collection.read'

export const pages: readonly Page[] = [
  {
    path: '/quality',
    title: { zh: '数据质量', en: 'Quality of data' },
    right: read,
    menu: { group: 'data', order: 20 },
    load: () => import('./quality-page.tsx').then((m) => m.QualityPage),
  },
  {
    path: '/quality/$dataset',
    title: { zh: '一个数据集的质量', en: 'Quality of a dataset' },
    right: read,
    load: () => import('./dataset-quality-page.tsx').then((m) => m.DatasetQualityPage),
  },
  {
    path: '/corrections',
    title: { zh: '数据校核', en: 'Corrections' },
    right: read,
    menu: { group: 'data', order: 21 },
    load: () => import('./corrections-page.tsx').then((m) => m.CorrectionsPage),
  },
  {
    path: '/corrections/$loop',
    title: { zh: '不合格的数据', en: 'Rows to correct' },
    right: read,
    load: () => import('./correction-page.tsx').then((m) => m.CorrectionPage),
  },
  {
    path: '/inventory',
    title: { zh: '应汇尽汇', en: 'All collected' },
    right: read,
    menu: { group: 'data', order: 22 },
    load: () => import('./inventory-page.tsx').then((m) => m.InventoryPage),
  },
  {
    path: '/inventory/systems',
    title: { zh: '系统清单', en: 'Systems' },
    right: read,
    menu: { group: 'data', order: 23 },
    load: () => import('./systems-page.tsx').then((m) => m.SystemsPage),
  },
  {
    path: '/inventory/systems/$code',
    title: { zh: '信息系统', en: 'System' },
    right: read,
    load: () => import('./system-page.tsx').then((m) => m.SystemPage),
  },
  {
    path: '/inventory/graph',
    title: { zh: '从职责到数据', en: 'From duty to data' },
    right: read,
    menu: { group: 'data', order: 24 },
    load: () => import('./graph-page.tsx').then((m) => m.GraphPage),
  },
  {
    path: '/objections',
    title: { zh: '数据异议', en: 'Objections to data' },
    right: 'collection.object',
    menu: { group: 'work', order: 60 },
    load: () => import('./objections-page.tsx').then((m) => m.ObjectionsPage),
  },
  {
    path: '/objections/new',
    title: { zh: '提出数据异议', en: 'Object to a record' },
    right: 'collection.object',
    load: () => import('./object-page.tsx').then((m) => m.ObjectPage),
  },
]

import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/standards',
    title: { zh: '数据标准', en: 'Data standards' },
    right: 'standards.read',
    menu: { group: 'data', order: 40 },
    load: () => import('./elements-page.tsx').then((m) => m.ElementsPage),
  },
  {
    path: '/standards/elements/$id',
    title: { zh: '数据元', en: 'Data element' },
    right: 'standards.read',
    load: () => import('./element-page.tsx').then((m) => m.ElementPage),
  },
  {
    path: '/standards/conformance',
    title: { zh: '标准执行情况', en: 'How far standards are kept' },
    right: 'standards.read',
    menu: { group: 'data', order: 41 },
    load: () => import('./conformance-page.tsx').then((m) => m.ConformancePage),
  },
  {
    path: '/standards/mapping',
    title: { zh: '字段对标', en: 'Fields and elements' },
    right: 'standards.maintain',
    menu: { group: 'data', order: 42 },
    load: () => import('./mapping-page.tsx').then((m) => m.MappingPage),
  },
  {
    path: '/standards/code-lists',
    title: { zh: '代码表', en: 'Code lists' },
    right: 'standards.read',
    menu: { group: 'data', order: 43 },
    load: () => import('./code-lists-page.tsx').then((m) => m.CodeListsPage),
  },
  {
    path: '/standards/code-lists/$list',
    title: { zh: '代码表', en: 'Code list' },
    right: 'standards.read',
    load: () => import('./code-list-page.tsx').then((m) => m.CodeListPage),
  },
]

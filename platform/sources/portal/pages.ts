import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/sources',
    title: { zh: '数据汇集', en: 'Sources of data' },
    right: 'sources.read',
    menu: { group: 'data', order: 2 },
    load: () => import('./sources-page.tsx').then((m) => m.SourcesPage),
  },
  {
    path: '/sources/new',
    title: { zh: '接入数据来源', en: 'Connect a source' },
    right: 'sources.define',
    load: () => import('./new-source-page.tsx').then((m) => m.NewSourcePage),
  },
  {
    path: '/sources/systems/$source',
    title: { zh: '数据来源', en: 'Source' },
    right: 'sources.read',
    load: () => import('./source-page.tsx').then((m) => m.SourcePage),
  },
  {
    path: '/sources/systems/$source/edit',
    title: { zh: '修改数据来源', en: 'Change a source' },
    right: 'sources.define',
    load: () => import('./edit-source-page.tsx').then((m) => m.EditSourcePage),
  },
  {
    path: '/sources/systems/$source/feed',
    title: { zh: '采集任务', en: 'Feed' },
    right: 'sources.define',
    load: () => import('./feed-page.tsx').then((m) => m.FeedPage),
  },
  {
    path: '/sources/runs/$run',
    title: { zh: '一次采集', en: 'Run' },
    right: 'sources.read',
    load: () => import('./run-page.tsx').then((m) => m.RunPage),
  },
]

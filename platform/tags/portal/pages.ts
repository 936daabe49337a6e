import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/tags',
    title: { zh: '标签目录', en: 'Tags' },
    right: 'tags.read',
    menu: { group: 'data', order: 30 },
    load: () => import('./catalogue-page.tsx').then((m) => m.CataloguePage),
  },
  {
    path: '/tags/$id',
    title: { zh: '标签', en: 'Tag' },
    right: 'tags.read',
    load: () => import('./tag-page.tsx').then((m) => m.TagPage),
  },
  {
    path: '/tag-segments',
    title: { zh: '标签人群', en: 'Segments' },
    right: 'tags.read',
    menu: { group: 'data', order: 31 },
    load: () => import('./segments-page.tsx').then((m) => m.SegmentsPage),
  },
  {
    path: '/tag-rounds',
    title: { zh: '标签抽查', en: 'Review of tags' },
    right: 'tags.review',
    menu: { group: 'data', order: 32 },
    load: () => import('./rounds-page.tsx').then((m) => m.RoundsPage),
  },
  {
    path: '/tag-drafts',
    title: { zh: '自建标签', en: 'Own tags' },
    right: 'tags.write',
    menu: { group: 'data', order: 33 },
    load: () => import('./drafts-page.tsx').then((m) => m.DraftsPage),
  },
]

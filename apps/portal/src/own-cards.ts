import type { WorkbenchCard } from '#portal/ui'

/** Boxes of the workbench that everybody has. */
export const ownCards: readonly WorkbenchCard[] = [
  {
    id: 'portal.to-dos',
    title: { zh: '我的待办', en: 'My to-dos' },
    order: 0,
    more: '/loops/inbox',
    wide: true,
    load: () => import('./workbench/to-dos.tsx').then((m) => m.ToDos),
  },
  {
    id: 'portal.warnings',
    title: { zh: '持续中的预警', en: 'Warnings that last' },
    right: 'indicators.read',
    order: 10,
    more: '/warnings',
    load: () => import('./workbench/warnings.tsx').then((m) => m.Warnings),
  },
  {
    id: 'portal.notices',
    title: { zh: '我的通知', en: 'My notices' },
    order: 20,
    more: '/notices',
    load: () => import('./workbench/notices.tsx').then((m) => m.Notices),
  },
  {
    id: 'portal.quick-links',
    title: { zh: '常用入口', en: 'Quick links' },
    order: 30,
    load: () => import('./workbench/quick-links.tsx').then((m) => m.QuickLinks),
  },
]

import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/analysis',
    title: { zh: 'SQL 分析台', en: 'SQL console' },
    right: 'analytics.ask',
    menu: { group: 'data', order: 20 },
    load: () => import('./console-page.tsx').then((m) => m.ConsolePage),
  },
]

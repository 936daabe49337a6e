import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/notices',
    title: { zh: '通知', en: 'Notices' },
    menu: { group: 'work', order: 30 },
    load: () => import('./notices-page.tsx').then((m) => m.NoticesPage),
  },
  {
    path: '/notices/settings',
    title: { zh: '通知设置', en: 'Notice settings' },
    load: () => import('./settings-page.tsx').then((m) => m.SettingsPage),
  },
]

import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/firms',
    title: { zh: '法人画像', en: 'Portraits of firms' },
    right: 'legal-persons.read',
    menu: { group: 'city', order: 40 },
    load: () => import('./firms-page.tsx').then((m) => m.FirmsPage),
  },
  {
    path: '/firms/$key',
    title: { zh: '法人画像', en: 'Portrait of a firm' },
    right: 'legal-persons.read',
    load: () => import('./firm-page.tsx').then((m) => m.FirmPage),
  },
  {
    path: '/own-firm',
    title: { zh: '我的企业标签', en: 'Tags of my firm' },
    right: 'legal-persons.own',
    menu: { group: 'work', order: 60 },
    load: () => import('./own-firm-page.tsx').then((m) => m.OwnFirmPage),
  },
]

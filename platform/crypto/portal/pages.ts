import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/admin/keys',
    title: { zh: '密钥', en: 'Keys' },
    right: 'crypto.key.manage',
    menu: { group: 'admin', order: 80 },
    load: () => import('./keys-page.tsx').then((m) => m.KeysPage),
  },
]

import type { Page } from '#portal/ui'

/** Pages of the shell itself. */
export const ownPages: readonly Page[] = [
  {
    path: '/',
    title: { zh: '工作台', en: 'Workbench' },
    menu: { group: 'work', order: 0 },
    load: () => import('./workbench/workbench.tsx').then((m) => m.Workbench),
  },
  {
    path: '/sign-in',
    title: { zh: '登录', en: 'Sign in' },
    open: true,
    bare: true,
    load: () => import('./sign-in/sign-in.tsx').then((m) => m.SignIn),
  },
  {
    path: '/developers/api',
    title: { zh: '接口文档', en: 'API document' },
    menu: { group: 'admin', order: 900 },
    load: () => import('./api-browser/api-browser.tsx').then((m) => m.ApiBrowser),
  },
]

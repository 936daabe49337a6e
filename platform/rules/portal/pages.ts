import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/rules',
    title: { zh: '规则包', en: 'Rule packs' },
    menu: { group: 'rules', order: 0 },
    load: () => import('./rules-page.tsx').then((m) => m.RulesPage),
  },
  {
    path: '/rules/$id',
    title: { zh: '规则', en: 'Rule' },
    load: () => import('./rule-page.tsx').then((m) => m.RulePage),
  },
]

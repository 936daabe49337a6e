import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/admin/audit',
    title: { zh: '审计日志', en: 'Audit log' },
    right: 'audit.read',
    menu: { group: 'admin', order: 70 },
    load: () => import('./log-page.tsx').then((m) => m.LogPage),
  },
  {
    path: '/admin/audit/verification',
    title: { zh: '日志校验', en: 'Verification of the log' },
    right: 'audit.verify',
    menu: { group: 'admin', order: 71 },
    load: () => import('./verification-page.tsx').then((m) => m.VerificationPage),
  },
  {
    path: '/admin/audit/events',
    title: { zh: '审计事件词表', en: 'Vocabulary of audit events' },
    right: 'audit.read',
    load: () => import('./vocabulary-page.tsx').then((m) => m.VocabularyPage),
  },
]

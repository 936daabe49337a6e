import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/one-file',
    title: { zh: '一人一档', en: 'Files of people' },
    right: 'one-file.read',
    menu: { group: 'data', order: 30 },
    load: () => import('./people-page.tsx').then((m) => m.PeoplePage),
  },
  {
    path: '/one-file/people/$id',
    title: { zh: '人员档案', en: 'File of a person' },
    right: 'one-file.read',
    load: () => import('./file-page.tsx').then((m) => m.PersonPage),
  },
  {
    path: '/one-file/firms',
    title: { zh: '一企一档', en: 'Files of firms' },
    right: 'one-file.firm.read',
    menu: { group: 'data', order: 31 },
    load: () => import('./firms-page.tsx').then((m) => m.FirmsPage),
  },
  {
    path: '/one-file/firms/$id',
    title: { zh: '企业档案', en: 'File of a firm' },
    right: 'one-file.firm.read',
    load: () => import('./file-page.tsx').then((m) => m.FirmPage),
  },
  {
    path: '/one-file/quality',
    title: { zh: '归并质量', en: 'Quality of the files' },
    right: 'one-file.steward',
    menu: { group: 'data', order: 32 },
    load: () => import('./quality-page.tsx').then((m) => m.QualityPage),
  },
  {
    path: '/one-file/review/$batch',
    title: { zh: '比对复核', en: 'Review of pairs' },
    right: 'one-file.steward',
    load: () => import('./review-page.tsx').then((m) => m.ReviewPage),
  },
  {
    path: '/one-file/readers/$id',
    title: { zh: '档案查阅记录', en: 'Readers of a file' },
    right: 'one-file.readers',
    load: () => import('./readers-page.tsx').then((m) => m.ReadersPage),
  },
  {
    path: '/my-file',
    title: { zh: '我的档案', en: 'My file' },
    right: 'one-file.own',
    menu: { group: 'work', order: 60 },
    load: () => import('./own-page.tsx').then((m) => m.OwnPage),
  },
]

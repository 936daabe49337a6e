import type { Page } from '#portal/ui'

export const pages: readonly Page[] = [
  {
    path: '/account',
    title: { zh: '我的账号', en: 'My account' },
    load: () => import('./account.tsx').then((m) => m.AccountPage),
  },
  {
    path: '/counter/proofs',
    title: { zh: '账号核验', en: 'Prove an account' },
    right: 'identity.account.prove',
    menu: { group: 'work', order: 70 },
    load: () => import('./prove-page.tsx').then((m) => m.ProvePage),
  },
  {
    path: '/admin/organisations',
    title: { zh: '组织机构', en: 'Organisations' },
    right: 'identity.organisation.write',
    menu: { group: 'admin', order: 10 },
    load: () => import('./organisations.tsx').then((m) => m.OrganisationsPage),
  },
  {
    path: '/admin/posts',
    title: { zh: '岗位与任职', en: 'Posts and holders' },
    right: 'identity.account.read',
    menu: { group: 'admin', order: 20 },
    load: () => import('./posts.tsx').then((m) => m.PostsPage),
  },
  {
    path: '/admin/accounts',
    title: { zh: '账号', en: 'Accounts' },
    right: 'identity.account.read',
    menu: { group: 'admin', order: 30 },
    load: () => import('./accounts.tsx').then((m) => m.AccountsPage),
  },
  {
    path: '/admin/roles',
    title: { zh: '角色与权限', en: 'Roles and rights' },
    right: 'identity.role.read',
    menu: { group: 'admin', order: 40 },
    load: () => import('./roles.tsx').then((m) => m.RolesPage),
  },
  {
    path: '/admin/holders',
    title: { zh: '谁有什么权限', en: 'Who holds what' },
    right: 'identity.account.read',
    menu: { group: 'admin', order: 50 },
    load: () => import('./holders.tsx').then((m) => m.HoldersPage),
  },
  {
    path: '/admin/delegations',
    title: { zh: '岗位代理', en: 'Delegations' },
    right: 'identity.delegation.write',
    menu: { group: 'admin', order: 60 },
    load: () => import('./delegations.tsx').then((m) => m.DelegationsPage),
  },
  {
    path: '/admin/tokens',
    title: { zh: '接口令牌', en: 'API tokens' },
    right: 'identity.token.write',
    menu: { group: 'admin', order: 70 },
    load: () => import('./tokens.tsx').then((m) => m.TokensPage),
  },
  {
    path: '/admin/sessions',
    title: { zh: '登录情况', en: 'Sessions' },
    right: 'identity.session.end',
    menu: { group: 'admin', order: 80 },
    load: () => import('./sessions.tsx').then((m) => m.SessionsPage),
  },
]

import { defineModule, words } from '#runtime'
import { auditEvents } from './audit-events.ts'
import { PROOF_PURPOSE } from './proof-purpose.ts'
import { rights } from './rights.ts'
import { checkRoles } from './server/check-roles.ts'
import { TOTP_PURPOSE } from './totp-purpose.ts'

export const identityModule = defineModule({
  id: 'identity',
  title: words('身份与权限', 'Identity and rights'),
  about: words(
    '组织、岗位、人员、账号、角色、权限、登录和令牌',
    'Organisations, posts, people, accounts, roles, rights, sign-in and tokens',
  ),
  needs: ['crypto', 'audit'],
  folder: import.meta.dirname,
  claims: [{ list: 'roles', check: checkRoles }],
  keyPurposes: [
    { id: TOTP_PURPOSE, title: words('动态验证码密钥', 'Secrets of second factors'), use: 'seal' },
    { id: PROOF_PURPOSE, title: words('核验账号的号码和姓名', 'Numbers and names of proven accounts'), use: 'seal' },
  ],
  rights,
  auditEvents,
  roles: [
    {
      id: 'identity.administrator',
      title: words('系统管理员', 'Administrator'),
      rights: {
        ...Object.fromEntries(rights.map(({ id }) => [id, 'city' as const])),
        'crypto.key.manage': 'city',
      },
      demoPosts: ['city.big-data.administrator'],
    },
    {
      id: 'identity.auditor',
      title: words('安全审计员', 'Security auditor'),
      rights: { 'audit.read': 'city', 'audit.verify': 'city' },
      demoPosts: ['city.big-data.auditor'],
    },
    {
      id: 'identity.counter',
      title: words('服务窗口核验员', 'Clerk of a service counter'),
      rights: { 'identity.account.prove': 'city' },
      demoPosts: ['370902001.clerk'],
    },
    {
      id: 'identity.unit-administrator',
      title: words('单位管理员', 'Administrator of a unit'),
      rights: {
        'identity.account.read': 'subtree',
        'identity.account.write': 'subtree',
        'identity.post.write': 'subtree',
        'identity.role.read': 'subtree',
        'identity.role.grant': 'subtree',
        'identity.delegation.write': 'subtree',
        'identity.session.end': 'subtree',
      },
    },
  ],
  server: () => import('./server/index.ts'),
})

import { type Right, words } from '#runtime'

export const rights: readonly Right[] = [
  { id: 'identity.organisation.write', title: words('维护组织机构', 'Keep the organisation tree') },
  { id: 'identity.account.read', title: words('查看账号', 'See accounts') },
  { id: 'identity.account.write', title: words('维护账号', 'Keep accounts') },
  { id: 'identity.account.prove', title: words('窗口核验居民和企业账号', 'Prove accounts at a counter') },
  { id: 'identity.post.write', title: words('维护岗位和任职', 'Keep posts and who holds them') },
  { id: 'identity.role.read', title: words('查看角色和权限', 'See roles and rights') },
  { id: 'identity.role.write', title: words('维护角色', 'Keep roles') },
  { id: 'identity.role.grant', title: words('给岗位授予角色', 'Grant roles to posts') },
  { id: 'identity.delegation.write', title: words('维护岗位代理', 'Keep delegations') },
  { id: 'identity.token.write', title: words('维护接口令牌', 'Keep API tokens') },
  { id: 'identity.session.end', title: words('查看和结束他人登录', "See and end others' sessions") },
]

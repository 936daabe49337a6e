import { type AuditEvent, words } from '#runtime'

const security = (id: string, zh: string, en: string): AuditEvent => ({ id, title: words(zh, en), kind: 'security' })
const write = (id: string, zh: string, en: string): AuditEvent => ({ id, title: words(zh, en), kind: 'write' })

/** What auditors find about identity and rights. */
export const auditEvents: readonly AuditEvent[] = [
  security('identity.session.tried', '尝试登录（成功或失败）', 'A sign-in was tried, and how it ended'),
  security('identity.session.ended', '登录结束', 'A session was ended'),
  security('identity.session.switched', '切换岗位', 'Switched to another post'),
  security('identity.account.locked', '登录失败次数过多，账号锁定', 'Too many failed sign-ins, locked for a time'),
  security('identity.account.unlocked', '解除锁定', 'An account was unlocked'),
  { id: 'identity.account.read', title: words('查看账号和任职', 'Accounts and holders were read'), kind: 'personal' },
  security('identity.account.created', '新建账号', 'An account was made'),
  security('identity.account.changed', '修改、停用或启用账号', 'An account was changed, disabled or enabled'),
  security('identity.account.proven', '窗口核验账号', 'A clerk proved of whom an account is'),
  security('identity.account.proof-withdrawn', '撤销账号核验', 'The proof of an account was taken back'),
  security('identity.account.password-reset', '重置密码', 'An administrator set a password'),
  security('identity.account.password-changed', '修改本人密码', 'Somebody changed his password'),
  security('identity.account.totp-begun', '申请动态验证码', 'A second factor was asked for'),
  security('identity.account.totp-set', '启用动态验证码', 'A second factor was confirmed'),
  security('identity.account.totp-removed', '取消动态验证码', 'A second factor was removed'),
  write('identity.organisation.created', '新建组织', 'An organisation was made'),
  write('identity.organisation.changed', '修改或撤销组织', 'An organisation was changed or closed'),
  write('identity.post.created', '新建岗位', 'A post was made'),
  write('identity.post.changed', '修改或撤销岗位', 'A post was changed or closed'),
  security('identity.post.granted', '授予或收回角色', 'Roles of a post were granted or taken away'),
  security('identity.holding.begun', '任职开始', 'Somebody got a post'),
  security('identity.holding.ended', '任职结束', 'Somebody gave up a post'),
  security('identity.delegation.begun', '委托代理岗位', 'A post was lent for a time'),
  security('identity.delegation.revoked', '收回代理', 'A lent post was taken back'),
  security('identity.role.created', '新建角色', 'A role was made'),
  security('identity.role.changed', '修改角色', 'A role was changed'),
  security('identity.role.retired', '停用角色', 'A role was retired'),
  security('identity.token.read', '查看接口令牌', 'API tokens were listed'),
  security('identity.token.created', '签发接口令牌', 'An API token was made'),
  security('identity.token.revoked', '吊销接口令牌', 'An API token was revoked'),
  security('identity.demonstration.loaded', '载入演示账号', 'Demonstration accounts were loaded'),
]

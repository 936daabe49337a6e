import { type AuditEvent, words } from '#runtime'

const security = (id: string, zh: string, en: string): AuditEvent => ({ id, title: words(zh, en), kind: 'security' })

/** What auditors find about identity and rights. */
export const auditEvents: readonly AuditEvent[] = [
  security('identity.session.tried', '尝试登录（成功或失败）', 'A sign-in was tried, and how it ended'),
  security('identity.session.ended', '登录结束', 'A session was ended'),
  security('identity.session.switched', '切换岗位', 'Switched to another post'),
  security('identity.account.locked', '登录失败次数过多，账号锁定', 'Too many failed sign-ins, locked for a time'),
  security('identity.account.created', '新建账号', 'An account was made'),
  { id: 'identity.organisation.created', title: words('新建组织', 'An organisation was made'), kind: 'write' },
  { id: 'identity.post.created', title: words('新建岗位', 'A post was made'), kind: 'write' },
  security('identity.holding.begun', '任职开始', 'Somebody got a post'),
  security('identity.demonstration.loaded', '载入演示账号', 'Demonstration accounts were loaded'),
  security('identity.role.created', '新建角色', 'A role was made'),
]

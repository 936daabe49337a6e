import { defineModule, words } from '#runtime'

export const auditModule = defineModule({
  id: 'audit',
  title: words('审计', 'Audit'),
  about: words(
    '谁在何时做了什么、看了谁的资料：不可篡改的日志',
    'Who did what and read whose data: a log that shows every tampering',
  ),
  needs: ['crypto'],
  folder: import.meta.dirname,
  keyPurposes: [
    { id: 'audit.entry', title: words('审计记录验证码', 'Authentication of audit records'), use: 'mac' },
    { id: 'audit.checkpoint', title: words('审计检查点签名', 'Signature of audit check points'), use: 'sign' },
  ],
  rights: [
    { id: 'audit.read', title: words('查阅审计日志', 'Read the audit log') },
    { id: 'audit.verify', title: words('校验审计日志', 'Verify the audit log') },
  ],
  auditEvents: [
    { id: 'audit.log.read', title: words('查阅审计日志', 'Audit log read'), kind: 'personal' },
    { id: 'audit.log.exported', title: words('导出审计日志', 'Audit log exported'), kind: 'personal' },
    { id: 'audit.log.verified', title: words('校验审计日志', 'Audit log verified'), kind: 'security' },
  ],
  server: () => import('./server/index.ts'),
})

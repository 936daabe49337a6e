import { defineModule, words } from '#runtime'

/** Notices: in the portal, by mail, by SMS. */
export const noticesModule = defineModule({
  id: 'notices',
  title: words('通知', 'Notices'),
  about: words('站内、邮件、短信通知，按人设置', 'Notices in the portal, by mail and by SMS, as each person sets'),
  needs: ['runtime', 'crypto', 'audit', 'identity'],
  folder: import.meta.dirname,
  auditEvents: [
    { id: 'notices.settings.changed', title: words('修改通知设置', 'Notice settings changed'), kind: 'write' },
    { id: 'notices.notice.read', title: words('标记通知已读', 'Notices marked as read'), kind: 'write' },
  ],
  keyPurposes: [{ id: 'notices.phone', title: words('通知手机号加密', 'Phones for notices'), use: 'seal' }],
  server: () => import('./server/index.ts'),
})

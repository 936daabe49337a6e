import type { Role } from '#platform/identity'
import { type AuditEvent, type Right, words } from '#runtime'

export const openRights: readonly Right[] = [
  { id: 'open-data.read', title: words('查看开放管理', 'See how open data are managed') },
  { id: 'open-data.propose', title: words('提出开放发布', 'Propose releases') },
  { id: 'open-data.approve', title: words('审核开放发布', 'Approve releases') },
  { id: 'open-data.withdraw', title: words('撤回开放数据', 'Withdraw open data') },
  { id: 'open-data.answer', title: words('办理读者来件', 'Answer readers') },
  { id: 'open-data.decide', title: words('决定有条件开放申请', 'Decide on applications') },
]

export const openAuditEvents: readonly AuditEvent[] = [
  { id: 'open-data.release.proposed', title: words('提出开放发布', 'A release was proposed'), kind: 'write' },
  { id: 'open-data.version.made', title: words('形成开放版本', 'A version was made and tested'), kind: 'write' },
  { id: 'open-data.version.published', title: words('发布开放版本', 'A version was published'), kind: 'write' },
  {
    id: 'open-data.files.cleared',
    title: words('清理旧版本的文件', 'Files of earlier versions were cleared'),
    kind: 'write',
  },
  { id: 'open-data.entry.withdrawn', title: words('撤回开放数据', 'Open data were withdrawn'), kind: 'write' },
  {
    id: 'open-data.promise.changed',
    title: words('更新承诺落空或恢复', 'A promise of freshness was broken or kept again'),
    kind: 'write',
  },
  { id: 'open-data.voice.sent', title: words('读者来件', 'A reader sent something'), kind: 'write' },
  {
    id: 'open-data.application.sent',
    title: words('申请有条件开放数据', 'Conditional data were applied for'),
    kind: 'write',
  },
  {
    id: 'open-data.grant.given',
    title: words('准许使用有条件开放数据', 'Conditional data were granted'),
    kind: 'write',
  },
  {
    id: 'open-data.grant.used',
    title: words('下载有条件开放数据', 'Conditional data were downloaded'),
    kind: 'personal',
  },
]

const owning = {
  'open-data.read': 'city',
  'open-data.propose': 'subtree',
  'open-data.answer': 'subtree',
  'open-data.decide': 'subtree',
} as const

export const openRoles: readonly Role[] = [
  {
    id: 'open-data.owner',
    title: words('数据开放责任人', 'Owner of open data'),
    rights: owning,
    demoPosts: ['city.ecology.officer', 'city.ecology.head'],
  },
  {
    id: 'open-data.keeper',
    title: words('数据开放管理员', 'Keeper of open data'),
    rights: {
      'open-data.read': 'city',
      'open-data.propose': 'city',
      'open-data.answer': 'city',
      'open-data.decide': 'city',
      'open-data.withdraw': 'city',
    },
    demoPosts: ['city.big-data.steward'],
  },
  {
    id: 'open-data.approver',
    title: words('数据开放审核人', 'Approver of open data'),
    rights: { 'open-data.read': 'city', 'open-data.approve': 'city', 'open-data.withdraw': 'city' },
    demoPosts: ['city.big-data.head'],
  },
]

import type { Role } from '#platform/identity'
import { type AuditEvent, type Right, words } from '#runtime'

export const tagRights: readonly Right[] = [
  { id: 'tags.read', title: words('查看标签目录', 'See the catalogue of tags') },
  { id: 'tags.write', title: words('起草和试算标签', 'Draft and try tags') },
  { id: 'tags.publish', title: words('复核并发布标签', 'Review and publish tags') },
  { id: 'tags.run', title: words('立即计算标签', 'Compute tags now') },
  { id: 'tags.evidence.personal', title: words('查看含个人信息的标签依据', 'See evidence of tags with personal data') },
  { id: 'tags.sensitive', title: words('查看敏感标签', 'See who carries sensitive tags') },
  { id: 'tags.review', title: words('抽查标签', 'Judge samples of tags') },
  { id: 'tags.answer', title: words('答复标签异议和质量事项', 'Answer objections and quality of tags') },
  { id: 'tags.segment', title: words('组合人群', 'Make segments') },
  { id: 'tags.push', title: words('推送人群', 'Hand segments over') },
  { id: 'tags.pull', title: words('取用已推送的人群', 'Take pushed segments') },
]

export const tagAuditEvents: readonly AuditEvent[] = [
  { id: 'tags.run.wanted', title: words('要求计算标签', 'A computation of tags was wanted'), kind: 'write' },
  { id: 'tags.run.done', title: words('完成标签计算', 'Tags were computed'), kind: 'write' },
  { id: 'tags.drafted', title: words('起草标签', 'A tag was drafted'), kind: 'write' },
  { id: 'tags.tried', title: words('试算标签', 'A tag was tried'), kind: 'personal' },
  { id: 'tags.published', title: words('发布标签', 'A tag was published'), kind: 'write' },
  { id: 'tags.withdrawn', title: words('撤回标签草稿', 'A draft of a tag was withdrawn'), kind: 'write' },
  { id: 'tags.evidence.read', title: words('查看标签依据', 'Evidence of a tag was read'), kind: 'personal' },
  { id: 'tags.portrait.read', title: words('查看一个对象的标签', 'Tags of a member were read'), kind: 'personal' },
  { id: 'tags.carriers.read', title: words('查看标签的携带者', 'Carriers of a tag were read'), kind: 'personal' },
  { id: 'tags.segment.counted', title: words('试算人群', 'A segment was counted'), kind: 'personal' },
  { id: 'tags.objected', title: words('对标签提出异议', 'A tag was objected to'), kind: 'write' },
  { id: 'tags.round.opened', title: words('开始标签抽查', 'A review of a tag began'), kind: 'write' },
  { id: 'tags.judged', title: words('判定抽查样本', 'A sample of a tag was judged'), kind: 'personal' },
  { id: 'tags.segment.made', title: words('保存人群', 'A segment was saved'), kind: 'write' },
  { id: 'tags.segment.pushed', title: words('推送人群', 'A segment was handed over'), kind: 'write' },
  { id: 'tags.segment.ended', title: words('停用人群', 'A segment was ended'), kind: 'write' },
  { id: 'tags.segment.taken', title: words('取用人群名单', 'Members of a segment were taken'), kind: 'personal' },
  {
    id: 'tags.opted',
    title: words('退出或恢复服务推送', 'Somebody opted out of a segment, or in again'),
    kind: 'write',
  },
]

const reading = { 'tags.read': 'city' } as const

export const tagRoles: readonly Role[] = [
  {
    id: 'tags.steward',
    title: words('标签管理员', 'Steward of tags'),
    rights: {
      ...reading,
      'tags.write': 'city',
      'tags.run': 'city',
      'tags.review': 'city',
      'tags.segment': 'city',
      'tags.push': 'city',
      'tags.evidence.personal': 'city',
      'tags.sensitive': 'city',
      'tags.answer': 'unit',
    },
    demoPosts: ['city.big-data.steward', 'city.big-data.administrator'],
  },
  {
    id: 'tags.publisher',
    title: words('标签复核人', 'Publisher of tags'),
    rights: { ...reading, 'tags.publish': 'city', 'tags.write': 'city' },
    demoPosts: ['city.big-data.head', 'city.big-data.administrator'],
  },
  {
    id: 'tags.owner',
    title: words('标签责任人', 'Owner of tags'),
    rights: {
      ...reading,
      'tags.review': 'city',
      'tags.answer': 'unit',
      'tags.segment': 'city',
      'tags.pull': 'city',
      'tags.evidence.personal': 'city',
      'tags.sensitive': 'city',
    },
    demoPosts: ['city.market.data', 'city.tax.data'],
  },
  {
    id: 'tags.auditor',
    title: words('标签审计员', 'Auditor of tags'),
    rights: reading,
    demoPosts: ['city.big-data.auditor'],
  },
]

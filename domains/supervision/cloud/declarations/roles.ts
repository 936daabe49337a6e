import type { Role } from '#platform/identity'
import { type AuditEvent, type Right, words } from '#runtime'

export const cloudRights: readonly Right[] = [
  { id: 'supervision.cloud.read', title: words('查看重点工作', 'See the key work') },
  {
    id: 'supervision.cloud.plan',
    title: words('制定、分解、发布年度计划', 'Make, break down and publish yearly plans'),
  },
  { id: 'supervision.cloud.handle', title: words('办理督查事项', 'Handle supervised matters') },
  { id: 'supervision.cloud.lead', title: words('审核本单位事项、提出异议', 'Answer for a unit and object') },
  { id: 'supervision.cloud.verify', title: words('核验、督办', 'Verify and supervise') },
  { id: 'supervision.cloud.review', title: words('复核异议', 'Review objections') },
  { id: 'supervision.cloud.instruct', title: words('登记批示', 'Give instructions') },
]

export const cloudAuditEvents: readonly AuditEvent[] = [
  { id: 'supervision.cloud.plan.drafted', title: words('起草年度计划', 'A plan was drafted'), kind: 'write' },
  { id: 'supervision.cloud.plan.edited', title: words('修改计划草稿', 'A draft was edited'), kind: 'write' },
  { id: 'supervision.cloud.plan.published', title: words('发布年度计划', 'A plan was published'), kind: 'write' },
  { id: 'supervision.cloud.report.parsed', title: words('解析工作报告', 'A work report was read'), kind: 'write' },
  { id: 'supervision.cloud.node.changed', title: words('任务进展变化', 'Progress of a task changed'), kind: 'write' },
  {
    id: 'supervision.cloud.step.taken',
    title: words('督办升级', 'A step of the urge ladder was taken'),
    kind: 'write',
  },
  {
    id: 'supervision.cloud.duplicate.decided',
    title: words('重复事项处理', 'Duplicates were decided on'),
    kind: 'write',
  },
  { id: 'supervision.cloud.score.confirmed', title: words('确认年度得分', 'Scores were confirmed'), kind: 'write' },
  {
    id: 'supervision.cloud.statistics.exported',
    title: words('导出督查统计', 'Statistics were exported'),
    kind: 'personal',
  },
  { id: 'supervision.cloud.instruction.given', title: words('登记批示', 'An instruction was given'), kind: 'write' },
  {
    id: 'supervision.cloud.instruction.answered',
    title: words('反馈批示', 'An instruction was answered'),
    kind: 'write',
  },
  { id: 'supervision.cloud.instruction.read', title: words('查看批示', 'An instruction was read'), kind: 'personal' },
]

const seeing = { 'indicators.read': 'city' } as const

/** Units work on their own tasks; the supervision office and leaders see the whole. */
export const cloudRoles: readonly Role[] = [
  {
    id: 'supervision.cloud.supervisor',
    title: words('督查室督查员', 'Officer of the supervision office'),
    rights: {
      ...seeing,
      'supervision.cloud.read': 'city',
      'supervision.cloud.plan': 'city',
      'supervision.cloud.verify': 'city',
      'supervision.cloud.instruct': 'city',
    },
    demoPosts: ['city.government-office.supervision'],
  },
  {
    id: 'supervision.cloud.reviewer',
    title: words('分管督查的领导', 'Leader over supervision'),
    rights: {
      ...seeing,
      'supervision.cloud.read': 'city',
      'supervision.cloud.review': 'city',
      'supervision.cloud.instruct': 'city',
    },
    demoPosts: ['city.government.leader'],
  },
  {
    id: 'supervision.cloud.unit-leader',
    title: words('承办单位负责人', 'Leader of a unit'),
    rights: { 'supervision.cloud.read': 'unit', 'supervision.cloud.lead': 'unit', 'supervision.cloud.handle': 'unit' },
    demoPosts: ['city.ecology.head', 'city.big-data.head'],
  },
  {
    id: 'supervision.cloud.unit-officer',
    title: words('承办单位联络员', 'Officer of a unit'),
    rights: { 'supervision.cloud.read': 'unit', 'supervision.cloud.handle': 'unit' },
    demoPosts: ['city.ecology.officer', 'city.big-data.officer', 'county.*.big-data.officer'],
  },
  {
    id: 'supervision.cloud.viewer',
    title: words('重点工作查看', 'Viewer of the key work'),
    rights: { 'supervision.cloud.read': 'city' },
    demoPosts: ['city.big-data.steward'],
  },
]

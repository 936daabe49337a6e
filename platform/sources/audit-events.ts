import { type AuditEvent, words } from '#runtime'

export const auditEvents = [
  { id: 'sources.source.saved', title: words('设置了数据来源', 'A source was defined'), kind: 'write' },
  {
    id: 'sources.source.tried',
    title: words('试连了数据来源', 'The connection of a source was tried'),
    kind: 'security',
  },
  {
    id: 'sources.source.looked',
    title: words('查看了来源的表和样例', 'Tables and samples of a source were seen'),
    kind: 'personal',
  },
  { id: 'sources.feed.saved', title: words('设置了采集任务', 'A feed was defined'), kind: 'write' },
  { id: 'sources.run.started', title: words('开始了采集', 'A run was started'), kind: 'write' },
  { id: 'sources.run.halted', title: words('采集因来源变化而暂停', 'A run halted for drift'), kind: 'write' },
  { id: 'sources.run.decided', title: words('处置了来源变化', 'Drift was decided on'), kind: 'write' },
  { id: 'sources.run.stopped', title: words('取消或继续了采集', 'A run was cancelled or resumed'), kind: 'write' },
  { id: 'sources.run.ended', title: words('采集结束', 'A run ended'), kind: 'write' },
  {
    id: 'sources.bytes.deleted',
    title: words('删除了保存期满的采集原始数据', 'Raw data of runs were deleted at the end of their term'),
    kind: 'write',
  },
  {
    id: 'sources.slot.dropped',
    title: words('删除了来源的复制槽', 'A replication slot at a source was dropped'),
    kind: 'write',
  },
  { id: 'sources.batch.pushed', title: words('其他系统推送了数据', 'Another system pushed data'), kind: 'write' },
] as const satisfies readonly AuditEvent[]

import { type AuditEvent, words } from '#runtime'

export const auditEvents = [
  { id: 'registry.row.read', title: words('查看了数据', 'Rows were read'), kind: 'personal' },
  {
    id: 'registry.row.unsealed',
    title: words('系统为登记的用途读取未脱敏数据', 'The program read rows unsealed for a declared purpose'),
    kind: 'personal',
  },
  { id: 'registry.row.exported', title: words('导出了数据', 'Rows were exported'), kind: 'personal' },
  { id: 'registry.row.written', title: words('写入了数据', 'Rows were written'), kind: 'write' },
  { id: 'registry.row.removed', title: words('删除了数据', 'Rows were deleted'), kind: 'write' },
  { id: 'registry.file.uploaded', title: words('上传了待导入文件', 'A file was offered for import'), kind: 'write' },
  {
    id: 'registry.file.discarded',
    title: words('删除了保存期满的原始文件', 'Kept files were deleted at the end of their term'),
    kind: 'write',
  },
  { id: 'registry.load.started', title: words('开始了数据导入', 'An import was started'), kind: 'write' },
  { id: 'registry.load.ended', title: words('数据导入结束', 'An import ended'), kind: 'write' },
  { id: 'registry.load.cancelled', title: words('取消了数据导入', 'An import was cancelled'), kind: 'write' },
  { id: 'registry.correction.read', title: words('查看了待更正行', 'Rows to correct were read'), kind: 'personal' },
  {
    id: 'registry.correction.closed',
    title: words('更正或放弃了一行', 'A row was corrected or dropped'),
    kind: 'write',
  },
  { id: 'registry.definition.saved', title: words('定义了数据集', 'A dataset was defined'), kind: 'write' },
  { id: 'registry.field.searchable', title: words('把字段设为可查找', 'A field was made searchable'), kind: 'write' },
  {
    id: 'registry.change.cut',
    title: words('清理了过期的变更记录', 'Noted changes past their term were deleted'),
    kind: 'write',
  },
  { id: 'registry.view.saved', title: words('保存了视图', 'A view was saved'), kind: 'write' },
  { id: 'registry.view.removed', title: words('删除了视图', 'A view was deleted'), kind: 'write' },
] as const satisfies readonly AuditEvent[]

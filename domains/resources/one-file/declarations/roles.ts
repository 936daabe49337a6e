import type { Role } from '#platform/identity'
import { type AuditEvent, type Right, words } from '#runtime'

export const rights: readonly Right[] = [
  { id: 'one-file.read', title: words('为办事目的查看一人一档', 'Open the file of a person for a purpose') },
  { id: 'one-file.unmask', title: words('查看档案中未脱敏的内容', 'See files unmasked') },
  { id: 'one-file.every-kind', title: words('依法办案时查看各类记录', 'See every kind of record for a case by law') },
  { id: 'one-file.steward', title: words('归并、拆分、复核档案', 'Merge, split and review files') },
  { id: 'one-file.readers', title: words('查看谁看过档案', 'See who opened files') },
  { id: 'one-file.own', title: words('查看本人或本企业的档案', 'See the own file') },
  { id: 'one-file.firm.read', title: words('查看一企一档', 'Open the file of a firm') },
  { id: 'one-file.firm.tax', title: words('查看企业涉税内容', 'See tax matters of a firm') },
]

export const auditEvents: readonly AuditEvent[] = [
  { id: 'one-file.person.searched', title: words('查找人员', 'A person was searched for'), kind: 'personal' },
  { id: 'one-file.person.read', title: words('打开一人一档', 'The file of a person was opened'), kind: 'personal' },
  { id: 'one-file.own.read', title: words('本人或本企业查看档案', 'The own file was seen'), kind: 'personal' },
  {
    id: 'one-file.readers.read',
    title: words('查看档案的查阅记录', 'Readers of a file were looked up'),
    kind: 'personal',
  },
  { id: 'one-file.firm.searched', title: words('查找企业', 'A firm was searched for'), kind: 'personal' },
  { id: 'one-file.firm.read', title: words('打开一企一档', 'The file of a firm was opened'), kind: 'personal' },
  { id: 'one-file.pair.read', title: words('查看待复核的记录', 'Records to compare were looked at'), kind: 'personal' },
  { id: 'one-file.pair.decided', title: words('判断是否同一对象', 'Two records were decided on'), kind: 'write' },
  { id: 'one-file.entity.merged', title: words('申请合并档案', 'A merge of files was asked for'), kind: 'write' },
  { id: 'one-file.entity.split', title: words('拆分档案', 'A file was split'), kind: 'write' },
  {
    id: 'one-file.report.read',
    title: words('查看重复和冒领线索', 'Doubles and ghosts were looked up'),
    kind: 'personal',
  },
  { id: 'one-file.run.started', title: words('开始归并', 'A matching began'), kind: 'write' },
  { id: 'one-file.run.ended', title: words('完成归并', 'A matching ended'), kind: 'write' },
  { id: 'one-file.run.asked', title: words('要求重新归并', 'A whole matching was asked for'), kind: 'write' },
]

const city = 'city' as const

export const roles: readonly Role[] = [
  {
    id: 'one-file.steward',
    title: words('档案管理员', 'Steward of the files'),
    demoPosts: ['city.big-data.administrator', 'city.big-data.steward'],
    rights: {
      'one-file.read': city,
      'one-file.unmask': city,
      'one-file.steward': city,
      'one-file.readers': city,
      'one-file.firm.read': city,
      'one-file.firm.tax': city,
    },
  },
  {
    id: 'one-file.second',
    title: words('档案复核人', 'Second steward of the files'),
    demoPosts: ['city.big-data.head'],
    rights: { 'one-file.read': city, 'one-file.unmask': city, 'one-file.steward': city, 'one-file.firm.read': city },
  },
  {
    id: 'one-file.authority',
    title: words('依职权查档人员', 'Officer who opens files by authority'),
    demoPosts: ['city.police.data'],
    rights: { 'one-file.read': city, 'one-file.unmask': city, 'one-file.every-kind': city, 'one-file.firm.read': city },
  },
  {
    id: 'one-file.reader',
    title: words('办事查档人员', 'Officer who opens files for a case'),
    demoPosts: ['city.civil-affairs.data'],
    rights: { 'one-file.read': city, 'one-file.firm.read': city },
  },
  {
    id: 'one-file.firm-reader',
    title: words('企业查档人员', 'Officer who opens files of firms'),
    demoPosts: ['city.market.data'],
    rights: { 'one-file.firm.read': city },
  },
  {
    id: 'one-file.tax-reader',
    title: words('涉税查档人员', 'Officer of the tax service'),
    demoPosts: ['city.tax.data'],
    rights: { 'one-file.firm.read': city, 'one-file.firm.tax': city },
  },
  {
    id: 'one-file.auditor',
    title: words('查档审计员', 'Auditor of the files'),
    demoPosts: ['city.big-data.auditor'],
    rights: { 'one-file.readers': city },
  },
  {
    id: 'one-file.subject',
    title: words('档案当事人', 'Subject of a file'),
    everyone: ['resident', 'firm'],
    rights: { 'one-file.own': 'own' },
  },
]

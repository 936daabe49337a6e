import type { Role } from '#platform/identity'
import { type AuditEvent, type Right, words } from '#runtime'

export const rights = [
  { id: 'exchange.catalogue.read', title: words('查找共享目录', 'Search the catalogue') },
  { id: 'exchange.apply', title: words('申请共享数据', 'Apply for data') },
  { id: 'exchange.decide', title: words('决定共享申请', 'Decide applications for data') },
  { id: 'exchange.arbitrate', title: words('裁决共享争议', 'Arbitrate disputes on sharing') },
  { id: 'exchange.call', title: words('按授权使用数据', 'Use data under a grant') },
  { id: 'exchange.read', title: words('查看授权和回执', 'See grants and receipts') },
] as const satisfies readonly Right[]

export const auditEvents = [
  { id: 'exchange.request.made', title: words('申请共享数据', 'Data were applied for'), kind: 'write' },
  { id: 'exchange.grant.made', title: words('授权共享数据', 'Data were granted'), kind: 'write' },
  { id: 'exchange.grant.ended', title: words('授权终止', 'A grant ended'), kind: 'write' },
  { id: 'exchange.file.wanted', title: words('申请批量文件', 'A batch file was asked for'), kind: 'personal' },
  {
    id: 'exchange.file.cancelled',
    title: words('取消或删除批量文件', 'A batch file was cancelled or deleted'),
    kind: 'write',
  },
  { id: 'exchange.file.cleared', title: words('清理批量文件', 'A batch file was deleted'), kind: 'write' },
  { id: 'exchange.file.downloaded', title: words('下载批量文件', 'A batch file was downloaded'), kind: 'personal' },
  { id: 'exchange.subscription.saved', title: words('设置推送', 'A push was set up'), kind: 'write' },
  { id: 'exchange.subscription.ended', title: words('停止推送', 'A push was ended'), kind: 'write' },
  { id: 'exchange.receipt.read', title: words('查看回执', 'Receipts were read'), kind: 'personal' },
  {
    id: 'exchange.receipts.cleared',
    title: words('清理到期回执', 'Receipts past their term were deleted'),
    kind: 'write',
  },
  {
    id: 'exchange.handouts.cleared',
    title: words(
      '清理到期的导出和查询去向记录',
      'Notes of whom exports and answers showed, past their term, were deleted',
    ),
    kind: 'write',
  },
  { id: 'exchange.receipts.signed', title: words('签署回执', 'Receipts were signed'), kind: 'security' },
] as const satisfies readonly AuditEvent[]

export const roles = [
  {
    id: 'exchange.reader',
    title: words('共享目录使用人', 'Reader of the catalogue'),
    rights: { 'exchange.catalogue.read': 'own' },
    everyone: ['staff'],
  },
  {
    id: 'exchange.applicant',
    title: words('数据需求专员', 'Applies for data'),
    rights: { 'exchange.apply': 'unit', 'exchange.call': 'unit', 'exchange.read': 'subtree' },
    demoPosts: ['city.ecology.officer', 'city.*.data', 'county.*.ecology.officer', 'county.*.big-data.officer'],
  },
  {
    id: 'exchange.owner',
    title: words('数据提供专员', 'Decides on data'),
    rights: { 'exchange.decide': 'subtree', 'exchange.read': 'subtree' },
    demoPosts: ['city.ecology.head', 'city.*.data'],
  },
  {
    id: 'exchange.bureau',
    title: words('数据共享主管', 'Data bureau, sharing'),
    rights: {
      'exchange.apply': 'city',
      'exchange.decide': 'city',
      'exchange.arbitrate': 'city',
      'exchange.call': 'city',
      'exchange.read': 'city',
    },
    demoPosts: ['city.big-data.administrator', 'city.big-data.steward'],
  },
] as const satisfies readonly Role[]

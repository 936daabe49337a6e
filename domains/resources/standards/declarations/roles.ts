import type { Role } from '#platform/identity'
import { type AuditEvent, type Right, words } from '#runtime'

export const standardsRights: readonly Right[] = [
  { id: 'standards.read', title: words('查看数据标准', 'See data standards') },
  { id: 'standards.claim', title: words('认领数据元、答复争议和变更', 'Claim elements, answer disputes and changes') },
  { id: 'standards.propose', title: words('提出数据标准变更', 'Propose changes of data standards') },
  { id: 'standards.maintain', title: words('维护数据标准', 'Maintain data standards') },
  { id: 'standards.decide', title: words('裁定数据标准', 'Decide on data standards') },
]

export const standardsAuditEvents: readonly AuditEvent[] = [
  { id: 'standards.elements.loaded', title: words('载入标准集', 'Standard sets loaded'), kind: 'write' },
  {
    id: 'standards.mapping.agreed',
    title: words('确认字段对应的数据元', 'A field was given its element'),
    kind: 'write',
  },
  {
    id: 'standards.mapping.withdrawn',
    title: words('收回字段的数据元', 'The element of a field was taken back'),
    kind: 'write',
  },
  { id: 'standards.claim.opened', title: words('认领数据元', 'An element was claimed'), kind: 'write' },
  { id: 'standards.owner.changed', title: words('数据元来源单位变更', 'An element has another source'), kind: 'write' },
  { id: 'standards.change.opened', title: words('提出数据标准变更', 'A change was proposed'), kind: 'write' },
  { id: 'standards.element.registered', title: words('新增数据元生效', 'A new element is in force'), kind: 'write' },
  { id: 'standards.element.retired', title: words('数据元停用', 'An element was retired'), kind: 'write' },
  { id: 'standards.element.changed', title: words('数据元变更生效', 'A change of an element began'), kind: 'write' },
  { id: 'standards.change.failed', title: words('变更未能生效', 'A change could not begin'), kind: 'write' },
  { id: 'standards.codes.added', title: words('新增代码表版本', 'A code list has a new edition'), kind: 'write' },
]

export const standardsRoles: readonly Role[] = [
  {
    id: 'standards.keeper',
    title: words('数据标准管理员', 'Keeper of data standards'),
    rights: {
      'standards.read': 'city',
      'standards.propose': 'city',
      'standards.maintain': 'city',
      'standards.claim': 'unit',
    },
    demoPosts: ['city.big-data.steward'],
  },
  {
    id: 'standards.arbiter',
    title: words('数据标准裁定人', 'Who decides on data standards'),
    rights: { 'standards.read': 'city', 'standards.decide': 'city' },
    demoPosts: ['city.big-data.head'],
  },
  {
    id: 'standards.unit',
    title: words('部门数据专员', 'Data officer of a department'),
    rights: { 'standards.read': 'city', 'standards.propose': 'unit', 'standards.claim': 'unit' },
    demoPosts: ['city.police.data', 'city.market.data', 'city.tax.data', 'city.civil-affairs.data'],
  },
]

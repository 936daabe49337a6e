import type { Role } from '#platform/identity'
import { type AuditEvent, type Right, words } from '#runtime'

export const collectionRights: readonly Right[] = [
  { id: 'collection.read', title: words('查看数据质量和系统清单', 'See quality and inventory') },
  { id: 'collection.declare', title: words('申报系统和数据表', 'Declare systems and tables') },
  { id: 'collection.correct', title: words('更正本单位数据、答复异议', 'Correct own data and answer objections') },
  { id: 'collection.rules', title: words('编写质量规则', 'Write rules of quality') },
  { id: 'collection.publish', title: words('发布质量规则', 'Put rules of quality in force') },
  { id: 'collection.steward', title: words('统筹数据校核和异议', 'Rule on corrections and objections') },
  { id: 'collection.object', title: words('对数据提出异议', 'Object to a record') },
]

export const collectionAuditEvents: readonly AuditEvent[] = [
  { id: 'collection.rule.tried', title: words('试查质量规则', 'A rule of quality was tried'), kind: 'personal' },
  { id: 'collection.rule.saved', title: words('保存质量规则', 'A rule of quality was saved'), kind: 'write' },
  {
    id: 'collection.rule.decided',
    title: words('发布或停用质量规则', 'A rule was put in or out of force'),
    kind: 'write',
  },
  {
    id: 'collection.check.wanted',
    title: words('要求检查数据质量', 'A check of quality was asked for'),
    kind: 'write',
  },
  { id: 'collection.rows.read', title: words('查看不合格数据', 'Faulty rows were read'), kind: 'personal' },
  { id: 'collection.rows.exported', title: words('导出不合格数据', 'Faulty rows were exported'), kind: 'personal' },
  { id: 'collection.objection.made', title: words('提出数据异议', 'Somebody objected to a record'), kind: 'write' },
  {
    id: 'collection.inventory.changed',
    title: words('修改系统和数据清单', 'The inventory was changed'),
    kind: 'write',
  },
  {
    id: 'collection.inventory.linked',
    title: words('登记系统对应的数据来源', 'A system was linked with its sources'),
    kind: 'write',
  },
  {
    id: 'collection.inventory.renewed',
    title: words('发起清单年度更新', 'The yearly inventory was begun'),
    kind: 'write',
  },
]

const watching = { 'collection.read': 'city', 'registry.read': 'city' } as const

/** Sources mend their own data; the data bureau writes rules, decides and watches; nobody decides on his own rule. */
export const collectionRoles: readonly Role[] = [
  {
    id: 'collection.steward',
    title: words('数据质量管理员', 'Steward of quality'),
    rights: {
      ...watching,
      'collection.rules': 'city',
      'collection.steward': 'city',
      'collection.correct': 'city',
      'collection.declare': 'city',
    },
    demoPosts: ['city.big-data.steward'],
  },
  {
    id: 'collection.head',
    title: words('数据质量负责人', 'Head of quality'),
    rights: { ...watching, 'collection.publish': 'city', 'collection.steward': 'city' },
    demoPosts: ['city.big-data.head'],
  },
  {
    id: 'collection.source',
    title: words('部门数据专员', 'Data officer of a department'),
    rights: {
      'collection.read': 'subtree',
      'collection.declare': 'subtree',
      'collection.correct': 'subtree',
      'registry.read': 'subtree',
      'registry.write': 'subtree',
      'registry.load.read': 'subtree',
      'registry.load.write': 'subtree',
    },
    demoPosts: ['city.police.data', 'city.market.data', 'city.civil-affairs.data', 'city.tax.data'],
  },
  {
    id: 'collection.subject',
    title: words('数据异议人', 'Who objects to a record'),
    rights: { 'collection.object': 'own' },
    everyone: ['staff', 'resident', 'firm'],
  },
]

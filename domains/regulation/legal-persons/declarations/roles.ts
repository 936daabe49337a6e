import type { Role } from '#platform/identity'
import { type AuditEvent, type Right, words } from '#runtime'

export const firmRights: readonly Right[] = [
  { id: 'legal-persons.read', title: words('查看法人画像', 'See portraits of firms') },
  { id: 'legal-persons.own', title: words('查看本企业的标签', 'See the tags of the own firm') },
]

export const firmRoles: readonly Role[] = [
  {
    id: 'legal-persons.firm',
    title: words('企业', 'Firm'),
    rights: { 'legal-persons.own': 'own' },
    everyone: ['firm'],
  },
  {
    id: 'legal-persons.officer',
    title: words('法人画像使用人', 'Reader of firm portraits'),
    rights: { 'legal-persons.read': 'city' },
    demoPosts: ['city.big-data.steward', 'city.big-data.administrator', 'city.market.data', 'city.tax.data'],
  },
]

export const firmAuditEvents: readonly AuditEvent[] = [
  {
    id: 'legal-persons.portrait.read',
    title: words('查看法人画像', 'A portrait of a firm was read'),
    kind: 'personal',
  },
]

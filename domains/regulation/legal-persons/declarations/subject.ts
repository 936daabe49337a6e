import type { TagSubject } from '#platform/tags'
import { words } from '#runtime'

export const FIRM = 'legal-persons.firm'

export const firmSubject: TagSubject = {
  id: FIRM,
  title: words('法人', 'Legal persons'),
  dataset: 'base.firm',
  key: 'code',
  name: 'name',
  readRight: 'legal-persons.read',
  page: '/firms/$key',
  schedule: '10 4 * * *',
  themes: {
    registration: words('登记', 'Registration'),
    industry: words('行业', 'Industry'),
    size: words('规模', 'Size'),
    tax: words('税务申报', 'Tax returns'),
    staff: words('用工参保', 'Staff and insurance'),
    licence: words('许可', 'Licences'),
    supervision: words('监督检查', 'Inspections'),
    penalty: words('行政处罚', 'Penalties'),
    relation: words('股权与关联', 'Shares and relations'),
    record: words('数据核对', 'Records compared'),
    risk: words('模型评估', 'Estimates'),
  },
}

import { type Words, words } from '#runtime'
import type { FirmField, PersonField } from './readings.ts'

type Mask = 'identity' | 'phone' | 'name' | 'address' | 'all'

/** Fields of a person's file in the order of the page; `mask`: how those see it who may not see all. */
export const PERSON_FIELDS: Readonly<Record<PersonField, { readonly title: Words; readonly mask: Mask }>> = {
  name: { title: words('姓名', 'Name'), mask: 'name' },
  formerName: { title: words('曾用名', 'Former name'), mask: 'name' },
  number: { title: words('公民身份号码', 'Citizen number'), mask: 'identity' },
  sex: { title: words('性别', 'Sex'), mask: 'all' },
  nation: { title: words('民族', 'Ethnic group'), mask: 'all' },
  bornOn: { title: words('出生日期', 'Born on'), mask: 'all' },
  phone: { title: words('联系电话', 'Telephone'), mask: 'phone' },
  address: { title: words('住址', 'Address'), mask: 'address' },
  marital: { title: words('婚姻状况', 'Marital status'), mask: 'all' },
  household: { title: words('户号', 'Household'), mask: 'all' },
  employer: { title: words('工作单位', 'Employer'), mask: 'all' },
  diedOn: { title: words('死亡日期', 'Died on'), mask: 'all' },
  struckOff: { title: words('户口注销', 'Struck off the household register'), mask: 'all' },
}

export const FIRM_FIELDS: Readonly<Record<FirmField, { readonly title: Words }>> = {
  name: { title: words('企业名称', 'Name') },
  formerName: { title: words('曾用名称', 'Former name') },
  code: { title: words('统一社会信用代码', 'Unified social credit code') },
  kind: { title: words('主体类型', 'Kind') },
  industry: { title: words('行业代码', 'Industry') },
  capital: { title: words('注册资本（万元）', 'Capital (10,000 CNY)') },
  establishedOn: { title: words('成立日期', 'Established on') },
  state: { title: words('登记状态', 'State') },
  closedOn: { title: words('注销日期', 'Closed on') },
  mergedInto: { title: words('并入企业', 'Merged into') },
  phone: { title: words('联系电话', 'Telephone') },
  address: { title: words('住所', 'Address') },
  staff: { title: words('从业人数', 'Staff') },
}

/** Field that says from which day on a row holds. */
export const FROM: Readonly<Record<string, string>> = {
  'base.move': 'movedOn',
  'base.marriage': 'marriedOn',
  'base.birth': 'bornOn',
  'base.death': 'diedOn',
  'base.vehicle': 'registeredOn',
  'base.property': 'registeredOn',
  'base.house-sale': 'signedOn',
  'base.clinic-visit': 'visitedOn',
  'base.employee': 'since',
  'base.housing-fund': 'openedOn',
  'base.firm': 'establishedOn',
  'base.shareholding': 'since',
  'base.licence': 'from',
  'base.transport-operator': 'from',
  'base.penalty': 'decidedOn',
  'base.safety-inspection': 'inspectedOn',
  'base.environment-inspection': 'inspectedOn',
  'base.fire-inspection': 'inspectedOn',
  'base.tax-return': 'filedOn',
}

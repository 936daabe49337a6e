import { Type } from 'typebox'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { maybe, of } from './fields.ts'
import { ofPeople } from './tables.ts'

const employees = ofPeople('renshe-shebao', {
  id: 'base.employee',
  title: words('职工养老保险缴费', 'Employees in the pension insurance'),
  about: words('单位为职工缴纳的养老保险', 'Who pays pension insurance as an employee of whom'),
  source: 'city.human-resources',
  schema: Type.Object({
    number: of.number('社会保障号码'),
    employer: of.firmCode(),
    name: of.name(),
    employerName: maybe(of.firmName('单位名称')),
    since: of.day(words('参保日期', 'Insured since')),
    base: field.decimal(words('月缴费基数', 'Monthly base'), { personal: true, mask: 'all', unit: 'CNY', min: 0 }),
    months: field.integer(words('本年缴费月数', 'Months paid this year'), { min: 0, max: 12 }),
  }),
  elements: {
    number: 'person.number',
    employer: 'firm.code',
    name: 'person.name',
    employerName: 'firm.name',
    since: 'insurance.insured-since',
    base: 'insurance.wage-base',
    months: 'insurance.months-paid',
  },
  key: ['number', 'employer'],
  list: { columns: ['name', 'employerName', 'employer', 'since'], sort: ['employer'], search: ['name', 'number'] },
})

const fund = ofPeople('gongjijin-jiaocun', {
  id: 'base.housing-fund',
  title: words('住房公积金缴存', 'Housing provident fund'),
  about: words('职工住房公积金账户', 'Accounts of employees in the housing fund'),
  source: 'city.housing-fund',
  schema: Type.Object({
    account: field.text(words('个人账号', 'Account'), { personal: true, max: 40 }),
    name: of.name(),
    number: maybe(of.number('证件号码')),
    employerName: maybe(of.firmName('单位名称')),
    openedOn: of.day(words('开户日期', 'Opened on')),
    base: field.decimal(words('缴存基数', 'Monthly base'), { personal: true, mask: 'all', unit: 'CNY', min: 0 }),
    phone: maybe(of.phone('手机号码')),
  }),
  elements: {
    account: 'insurance.fund-account',
    name: 'person.name',
    number: 'person.number',
    employerName: 'firm.name',
    base: 'insurance.fund-base',
    phone: 'person.phone',
  },
  key: ['account'],
  list: { columns: ['account', 'name', 'employerName', 'openedOn'], sort: ['account'], search: ['name', 'number'] },
})

const property = ofPeople('ziran-budongchan', {
  id: 'base.property',
  title: words('不动产登记', 'Registered real estate'),
  about: words('不动产权证及权利人', 'Titles of real estate and their holders'),
  source: 'city.natural-resources',
  schema: Type.Object({
    certificate: field.text(words('不动产权证号', 'Certificate'), { max: 60 }),
    name: of.name('权利人'),
    number: maybe(of.number('证件号码')),
    coOwner: maybe(of.otherName(words('共有人', 'Joint holder'))),
    place: of.address(words('坐落', 'Place')),
    area: field.decimal(words('建筑面积', 'Floor area'), { unit: 'm2', min: 0 }),
    registeredOn: of.day(words('登记日期', 'Registered on')),
  }),
  elements: {
    certificate: 'belonging.title',
    name: 'person.name',
    number: 'person.number',
    place: 'belonging.place',
    area: 'belonging.area',
  },
  key: ['certificate'],
  list: {
    columns: ['certificate', 'name', 'place', 'area', 'registeredOn'],
    sort: ['registeredOn'],
    search: ['name', 'number'],
  },
})

const sales = ofPeople('zhujian-wangqian', {
  id: 'base.house-sale',
  title: words('房屋买卖合同网签', 'Contracts of house sales'),
  about: words('网上签订的房屋买卖合同', 'Sales of houses signed online'),
  source: 'city.housing',
  schema: Type.Object({
    contract: field.text(words('合同编号', 'Contract'), { max: 40, aliases: ['contractNo'] }),
    name: of.name('buyer', '买受人'),
    number: maybe(of.number('idCard')),
    phone: maybe(of.phone()),
    place: of.address(words('房屋坐落', 'Place'), 'houseAddress'),
    area: field.decimal(words('建筑面积', 'Floor area'), { unit: 'm2', min: 0 }),
    signedOn: of.day(words('签订日期', 'Signed on'), 'signDate'),
  }),
  elements: {
    contract: 'belonging.contract',
    name: 'person.name',
    number: 'person.number',
    phone: 'person.phone',
    place: 'belonging.place',
    area: 'belonging.area',
  },
  key: ['contract'],
  list: { columns: ['contract', 'name', 'place', 'area', 'signedOn'], sort: ['signedOn'], search: ['name', 'number'] },
})

export const livelihood = [employees, fund, property, sales] as const

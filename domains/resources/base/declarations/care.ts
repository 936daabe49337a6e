import { Type } from 'typebox'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { maybe, month, of, personalDate } from './fields.ts'
import { ofPeople } from './tables.ts'

const insured = ofPeople('yibao-canbao', {
  id: 'base.medical-insured',
  title: words('基本医疗保险参保人员', 'Insured for medical care'),
  about: words('医保部门登记的参保人员', 'People in the basic medical insurance'),
  source: 'city.medical-insurance',
  schema: Type.Object({
    member: field.text(words('人员编号', 'Member'), { max: 40 }),
    name: of.name(),
    sex: maybe(of.sex()),
    number: maybe(of.number('证件号码')),
    bornOn: maybe(of.bornOn()),
    kind: field.text(words('险种', 'Kind of insurance'), { max: 20 }),
    employer: maybe(of.firmCode('单位信用代码')),
    phone: maybe(of.phone('手机')),
  }),
  elements: {
    name: 'person.name',
    sex: 'person.sex',
    number: 'person.number',
    bornOn: 'person.born-on',
    kind: 'insurance.medical-kind',
    employer: 'firm.code',
    phone: 'person.phone',
  },
  key: ['member'],
  list: { columns: ['member', 'name', 'kind', 'employer'], sort: ['member'], search: ['name', 'number'] },
})

const visits = ofPeople('weijian-jiuzhen', {
  id: 'base.clinic-visit',
  title: words('门诊就诊', 'Visits to clinics'),
  about: words('医疗机构的门诊就诊', 'Visits of patients to clinics'),
  source: 'city.health',
  schema: Type.Object({
    visit: field.text(words('就诊号', 'Visit'), { max: 40, aliases: ['visitNo'] }),
    hospital: field.text(words('医疗机构', 'Hospital'), { max: 100 }),
    clinic: field.text(words('科室', 'Clinic'), { personal: true, mask: 'all', max: 60 }),
    visitedOn: personalDate(words('就诊日期', 'Visited on'), 'visitDate'),
    name: of.name('patientName'),
    number: maybe(of.number('idNo')),
    sex: maybe(of.sex('gender')),
    bornOn: maybe(of.bornOn('birthDate')),
    phone: maybe(of.phone('mobile')),
  }),
  elements: {
    visit: 'event.visit',
    visitedOn: 'event.visited-on',
    name: 'person.name',
    number: 'person.number',
    sex: 'person.sex',
    bornOn: 'person.born-on',
    phone: 'person.phone',
  },
  key: ['visit'],
  list: { columns: ['visit', 'hospital', 'clinic', 'visitedOn', 'name'], sort: ['visitedOn'], search: ['number'] },
})

const lowIncome = ofPeople('minzheng-jiuzhu', {
  id: 'base.low-income',
  title: words('低收入家庭人员', 'Members of low-income households'),
  about: words('民政部门认定的低收入家庭成员', 'People of households that civil affairs found in need'),
  source: 'city.civil-affairs',
  schema: Type.Object({
    household: field.text(words('家庭编号', 'Household'), { personal: true, max: 40 }),
    entry: field.text(words('序号', 'Entry'), { max: 40 }),
    name: of.name(),
    sex: maybe(of.sex()),
    number: maybe(of.number('身份证号')),
    relation: maybe(field.text(words('与户主关系', 'Relation to the head'), { personal: true, max: 20 })),
    address: maybe(of.address(words('家庭住址', 'Address'))),
    phone: maybe(of.phone()),
    age: maybe(field.integer(words('年龄', 'Age'), { personal: true, min: 0, max: 150 })),
  }),
  elements: {
    household: 'aid.household',
    name: 'person.name',
    sex: 'person.sex',
    number: 'person.number',
    relation: 'household.relation',
    address: 'person.address',
    phone: 'person.phone',
  },
  key: ['entry'],
  list: { columns: ['household', 'name', 'relation', 'address'], sort: ['household'], search: ['name', 'number'] },
})

const disabled = ofPeople('canlian-canjiren', {
  id: 'base.disabled-person',
  title: words('持证残疾人', 'Holders of a disability card'),
  about: words('残联发证的残疾人', 'People with a card of the disabled persons federation'),
  source: 'city.disabled-persons',
  schema: Type.Object({
    card: field.text(words('残疾人证号', 'Card'), { personal: true, sealed: true, mask: 'identity', max: 40 }),
    name: of.name(),
    sex: maybe(of.sex()),
    bornOn: maybe(of.bornOn()),
    kind: field.text(words('残疾类别', 'Kind'), { personal: true, mask: 'all', max: 20 }),
    grade: maybe(field.text(words('残疾等级', 'Grade'), { personal: true, mask: 'all', max: 20 })),
    address: maybe(of.address(words('家庭住址', 'Address'))),
    phone: maybe(of.phone()),
  }),
  elements: {
    card: 'aid.disability-card',
    name: 'person.name',
    sex: 'person.sex',
    bornOn: 'person.born-on',
    kind: 'aid.disability-kind',
    grade: 'aid.disability-grade',
    address: 'person.address',
    phone: 'person.phone',
  },
  key: ['card'],
  list: { columns: ['name', 'card', 'kind', 'grade'], sort: ['name'], search: ['name'] },
})

const pensions = ofPeople('renshe-daiyu', {
  id: 'base.pension',
  title: words('养老待遇发放', 'Paid pensions'),
  about: words('人社部门发放的养老待遇', 'Pensions that human resources pay'),
  source: 'city.human-resources',
  schema: Type.Object({
    member: field.text(words('个人编号', 'Member'), { max: 40 }),
    name: of.name(),
    number: maybe(of.number('社会保障号码')),
    bornOn: maybe(of.bornOn()),
    address: maybe(of.address(words('居住地址', 'Address'))),
    lastPaid: month(words('最后发放年月', 'Last month paid')),
  }),
  elements: {
    name: 'person.name',
    number: 'person.number',
    bornOn: 'person.born-on',
    address: 'person.address',
    lastPaid: 'insurance.last-paid',
  },
  key: ['member'],
  list: { columns: ['member', 'name', 'lastPaid'], sort: ['member'], search: ['name', 'number'] },
})

const students = ofPeople('jiaoyu-xuesheng', {
  id: 'base.student',
  title: words('中小学在校学生', 'Pupils'),
  about: words('教育部门登记的中小学在校学生', 'Pupils of primary and middle schools'),
  source: 'city.education',
  schema: Type.Object({
    pupil: field.text(words('学籍号', 'Pupil'), { personal: true, sealed: true, mask: 'identity', max: 40 }),
    name: of.name(),
    sex: maybe(of.sex()),
    number: maybe(of.number('身份证件号')),
    bornOn: maybe(of.bornOn()),
    school: field.text(words('学校', 'School'), { max: 100 }),
    grade: field.integer(words('年级', 'Grade'), { min: 1, max: 12 }),
    guardian: maybe(of.otherName(words('监护人', 'Guardian'))),
    guardianPhone: maybe(field.phone(words('监护人电话', 'Telephone of the guardian'))),
    address: maybe(of.address(words('家庭住址', 'Address'))),
  }),
  elements: {
    pupil: 'schooling.pupil',
    name: 'person.name',
    sex: 'person.sex',
    number: 'person.number',
    bornOn: 'person.born-on',
    school: 'schooling.school',
    grade: 'schooling.grade',
    guardianPhone: 'person.phone',
    address: 'person.address',
  },
  key: ['pupil'],
  list: { columns: ['name', 'school', 'grade'], sort: ['school'], search: ['name', 'number'] },
})

export const care = [insured, visits, lowIncome, disabled, pensions, students] as const

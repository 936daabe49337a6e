import { Type } from 'typebox'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { maybe, of, personalDate } from './fields.ts'
import { ofPeople } from './tables.ts'

const residents = ofPeople('gongan-renkou', {
  id: 'base.resident',
  title: words('常住人口登记', 'Registered residents'),
  about: words('公安机关登记的常住人口', 'Residents as the police register them'),
  source: 'city.police',
  schema: Type.Object({
    number: of.number('GMSFHM', '身份证号', '身份证号码', '证件号码'),
    name: of.name('XM'),
    formerName: maybe(of.otherName(words('曾用名', 'Former name'), 'CYM')),
    sex: of.sex('XBDM', '性别代码'),
    nation: maybe(field.codeOf(words('民族', 'Ethnic group'), 'gbt3304', { personal: true, aliases: ['MZ'] })),
    bornOn: of.bornOn('CSRQ'),
    household: maybe(field.text(words('户号', 'Household'), { personal: true, max: 20, aliases: ['HH'] })),
    relation: maybe(
      field.text(words('与户主关系代码', 'Relation to the head of household'), {
        personal: true,
        max: 4,
        aliases: ['YHZGX', '与户主关系'],
      }),
    ),
    address: maybe(of.address(words('户籍地址', 'Registered address'), 'HKSZDDZ', '户口所在地地址')),
    division: field.division(words('行政区划', 'Division'), { aliases: ['XZQHDM', '区划代码'] }),
    marital: maybe(
      field.codeOf(words('婚姻状况', 'Marital status'), 'gbt2261.2', { personal: true, aliases: ['HYZKDM'] }),
    ),
    endedOn: maybe(personalDate(words('注销日期', 'Struck off on'), 'ZXRQ')),
    endReason: maybe(field.text(words('注销原因', 'Why struck off'), { personal: true, max: 40, aliases: ['ZXYY'] })),
  }),
  elements: {
    number: 'person.number',
    name: 'person.name',
    formerName: 'person.former-name',
    sex: 'person.sex',
    nation: 'person.nation',
    bornOn: 'person.born-on',
    household: 'household.number',
    relation: 'household.relation',
    address: 'person.registered-address',
    division: 'person.division',
    marital: 'person.marital',
    endedOn: 'person.ended-on',
    endReason: 'person.end-reason',
  },
  key: ['number'],
  scope: { division: 'division' },
  list: { columns: ['name', 'number', 'sex', 'bornOn', 'division'], sort: ['bornOn'], search: ['name'] },
  quality: [
    {
      id: 'ended-after-birth',
      title: words('注销日期不早于出生日期', 'Struck off on or after the birth'),
      dimension: 'consistent',
      holds: 'ended_on is null or ended_on >= born_on',
    },
  ],
})

const moves = ofPeople('gongan-qianyi', {
  id: 'base.move',
  title: words('户口迁移', 'Moves of residents'),
  about: words('公安机关办理的户口迁移', 'Moves that the police entered'),
  source: 'city.police',
  schema: Type.Object({
    permit: field.text(words('迁移证编号', 'Number of the permit'), { max: 40, aliases: ['QYZBH'] }),
    number: of.number('GMSFHM'),
    name: of.name('XM'),
    movedOn: personalDate(words('迁移日期', 'Moved on'), 'QYRQ'),
    from: maybe(of.address(words('迁出地址', 'From'), 'QCDZ')),
    to: of.address(words('迁入地址', 'To'), 'QRDZ'),
  }),
  elements: {
    permit: 'event.move-permit',
    number: 'person.number',
    name: 'person.name',
    movedOn: 'event.moved-on',
    to: 'person.registered-address',
  },
  key: ['permit'],
  list: { columns: ['name', 'movedOn', 'from', 'to'], sort: ['movedOn'], search: ['name', 'number'] },
})

const vehicles = ofPeople('jiaojing-cheliang', {
  id: 'base.vehicle',
  title: words('机动车登记', 'Registered vehicles'),
  about: words('交警登记的机动车及所有人', 'Vehicles and their owners'),
  source: 'city.traffic-police',
  schema: Type.Object({
    plate: field.text(words('号牌号码', 'Plate'), { personal: true, max: 12 }),
    vin: field.text(words('车辆识别代号', 'Vehicle identification number'), { max: 17 }),
    name: of.name('所有人'),
    number: maybe(of.number('身份证明号码')),
    registeredOn: of.day(words('初次登记日期', 'Registered on')),
    address: maybe(of.address(words('住所地址', 'Address'))),
    phone: maybe(of.phone('手机号码')),
  }),
  elements: {
    plate: 'belonging.plate',
    vin: 'belonging.vin',
    name: 'person.name',
    number: 'person.number',
    address: 'person.address',
    phone: 'person.phone',
  },
  key: ['plate'],
  list: { columns: ['plate', 'name', 'registeredOn', 'address'], sort: ['registeredOn'], search: ['name', 'number'] },
})

const marriages = ofPeople('minzheng-hunyin', {
  id: 'base.marriage',
  title: words('结婚登记', 'Registered marriages'),
  about: words('民政部门办理的结婚登记', 'Marriages entered by civil affairs'),
  source: 'city.civil-affairs',
  schema: Type.Object({
    certificate: field.text(words('结婚证字号', 'Certificate'), { max: 40 }),
    husband: of.otherName(words('男方姓名', 'Name of the husband')),
    husbandNumber: maybe(of.otherNumber(words('男方证件号', 'Number of the husband'))),
    wife: of.otherName(words('女方姓名', 'Name of the wife')),
    wifeNumber: maybe(of.otherNumber(words('女方证件号', 'Number of the wife'))),
    marriedOn: personalDate(words('登记日期', 'Married on')),
    office: maybe(field.text(words('登记机关', 'Office'), { max: 60 })),
  }),
  elements: {
    certificate: 'event.marriage-certificate',
    husband: 'person.name',
    husbandNumber: 'person.number',
    wife: 'person.name',
    wifeNumber: 'person.number',
    marriedOn: 'event.married-on',
  },
  key: ['certificate'],
  list: {
    columns: ['certificate', 'husband', 'wife', 'marriedOn'],
    sort: ['marriedOn'],
    search: ['husband', 'wife', 'husbandNumber', 'wifeNumber'],
  },
})

const births = ofPeople('weijian-chusheng', {
  id: 'base.birth',
  title: words('出生医学证明', 'Birth certificates'),
  about: words('医疗机构签发的出生医学证明', 'Births that hospitals certified'),
  source: 'city.health',
  schema: Type.Object({
    certificate: field.text(words('出生证编号', 'Certificate'), { max: 40 }),
    name: of.name('新生儿姓名'),
    sex: of.sex(),
    bornOn: of.bornOn(),
    mother: maybe(of.otherName(words('母亲姓名', 'Name of the mother'))),
    motherNumber: maybe(of.otherNumber(words('母亲证件号', 'Number of the mother'))),
    father: maybe(of.otherName(words('父亲姓名', 'Name of the father'))),
    fatherNumber: maybe(of.otherNumber(words('父亲证件号', 'Number of the father'))),
  }),
  elements: {
    certificate: 'event.birth-certificate',
    name: 'person.name',
    sex: 'person.sex',
    bornOn: 'person.born-on',
    motherNumber: 'person.number',
    fatherNumber: 'person.number',
  },
  key: ['certificate'],
  list: {
    columns: ['certificate', 'name', 'bornOn', 'mother', 'father'],
    sort: ['bornOn'],
    search: ['name', 'motherNumber', 'fatherNumber'],
  },
})

const deaths = ofPeople('weijian-siwang', {
  id: 'base.death',
  title: words('死亡医学证明', 'Death certificates'),
  about: words('医疗机构签发的死亡医学证明', 'Deaths that hospitals certified'),
  source: 'city.health',
  schema: Type.Object({
    certificate: field.text(words('死亡证编号', 'Certificate'), { max: 40 }),
    name: of.name(),
    sex: maybe(of.sex()),
    number: maybe(of.number('证件号码')),
    bornOn: maybe(of.bornOn()),
    diedOn: personalDate(words('死亡日期', 'Died on')),
    address: maybe(of.address(words('户籍地址', 'Registered address'))),
  }),
  elements: {
    certificate: 'event.death-certificate',
    name: 'person.name',
    sex: 'person.sex',
    number: 'person.number',
    bornOn: 'person.born-on',
    diedOn: 'event.died-on',
    address: 'person.registered-address',
  },
  key: ['certificate'],
  list: { columns: ['certificate', 'name', 'diedOn'], sort: ['diedOn'], search: ['name', 'number'] },
})

export const people = [residents, moves, vehicles, marriages, births, deaths] as const

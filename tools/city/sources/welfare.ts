import { AS_OF, ageOn, partsOf, writeDate } from '../dates.ts'
import type { Person } from '../person.ts'
import { source } from '../source.ts'
import { BY_HAND, deadKept, ownNumber, sex } from './common.ts'

interface Couple {
  readonly man: Person
  readonly woman: Person
}

export const marriages = source<Couple>({
  id: 'minzheng-hunyin',
  department: '民政局',
  title: '结婚登记',
  format: 'csv',
  encoding: 'gbk',
  dates: 'han',
  columns: ['结婚证字号', '男方姓名', '男方证件号', '女方姓名', '女方证件号', '登记日期', '登记机关'],
  slips: { ...BY_HAND, missed: 0.02, 'number-fifteen': 0.03, 'character-lost': 1 },
  control: [],
  entries: (block) => block.people.flatMap((man) => (man.sex === 1 && man.spouse ? [{ man, woman: man.spouse }] : [])),
  about: ({ man, woman }) => [man.id, woman.id],
  cells: ({ man, woman }, s) => [
    `J${man.household.village.countyCode}-${partsOf(man.marriedOn ?? 0)[0]}-${ownNumber('hunyin', man)}`,
    s.name(man),
    s.number(man),
    s.name(woman),
    s.number(woman),
    s.date(man.marriedOn),
    `${man.household.village.county}民政局`,
  ],
})

export const relief = source({
  id: 'minzheng-jiuzhu',
  department: '民政局',
  title: '低收入家庭人员',
  format: 'xlsx',
  encoding: 'utf-8',
  dates: 'slash',
  columns: ['序号', '家庭编号', '姓名', '性别', '身份证号', '与户主关系', '家庭住址', '联系电话', '年龄'],
  slips: { ...BY_HAND, 'number-float': 0.004, 'dead-kept': 0.06 },
  entries: (block) => block.households.flatMap((one) => (one.lowIncome ? one.members : [])),
  gone: deadKept,
  about: (one) => [one.id],
  cells: (one, s) => [
    ownNumber('jiuzhu', one),
    `DB${one.household.number}`,
    s.name(one),
    sex(one),
    s.number(one),
    one.relation,
    s.address(one.household),
    s.phone(one),
    ageOn(one.birth, AS_OF),
  ],
})

export const disabled = source({
  id: 'canlian-canjiren',
  department: '残疾人联合会',
  title: '持证残疾人',
  format: 'xlsx',
  encoding: 'utf-8',
  dates: 'serial',
  columns: ['残疾人证号', '姓名', '性别', '出生日期', '残疾类别', '残疾等级', '家庭住址', '电话'],
  slips: { ...BY_HAND, 'dead-kept': 0.05, 'date-other-form': 0.01 },
  entries: (block) => block.people.filter((one) => one.disability !== undefined),
  gone: deadKept,
  about: (one) => [one.id],
  cells: (one, s) => [
    // the certificate's number: identity number, kind, level
    `${s.number(one)}${one.disability ? 1 + ['视力', '听力', '言语', '肢体', '智力', '精神'].indexOf(one.disability.kind) : ''}${one.disability?.level ?? ''}`,
    s.name(one),
    sex(one),
    s.date(one.birth),
    one.disability?.kind ?? '',
    one.disability?.level ?? '',
    s.address(one.household),
    s.phone(one),
  ],
})

export const pensions = source({
  id: 'renshe-daiyu',
  department: '人力资源和社会保障局',
  title: '养老待遇发放',
  format: 'csv',
  encoding: 'gbk',
  dates: 'basic',
  columns: ['个人编号', '姓名', '社会保障号码', '出生日期', '居住地址', '最后发放年月'],
  slips: { ...BY_HAND, missed: 0.02, 'paid-after-death': 0.02, 'character-lost': 1 },
  entries: (block) => block.people.filter((one) => ageOn(one.birth, Math.min(AS_OF, one.death ?? AS_OF)) >= 60),
  about: (one) => [one.id],
  cells: (one, s) => {
    const late = one.death !== undefined && s.slip('paid-after-death') ? s.random.between(31, 400) : 0
    const last = Math.min(AS_OF, (one.death ?? AS_OF) + late)
    return [
      `37${ownNumber('renshe', one)}`,
      s.name(one),
      s.number(one),
      s.date(one.birth),
      s.address(one.household),
      writeDate(last, 'basic').slice(0, 6),
    ]
  },
})

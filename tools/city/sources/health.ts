import { AS_OF, ageOn, type Day, dayOf } from '../dates.ts'
import { lastDay, type Person } from '../person.ts'
import { cumulate, Random } from '../random.ts'
import { source } from '../source.ts'
import { BY_HAND, CHECKED, deadKept, ownNumber, sex } from './common.ts'

const CLINICS = ['内科', '外科', '妇产科', '儿科', '骨科', '眼科', '口腔科', '中医科', '急诊科', '皮肤科']
const NEW_YEAR = dayOf(2025, 1, 1)

interface Visit {
  readonly person: Person
  readonly at: number
  readonly on: Day
  readonly clinic: string
  readonly house: string
}

export const births = source({
  id: 'weijian-chusheng',
  department: '卫生健康委员会',
  title: '出生医学证明',
  format: 'csv',
  encoding: 'utf-8',
  dates: 'iso',
  columns: ['出生证编号', '新生儿姓名', '性别', '出生日期', '母亲姓名', '母亲证件号', '父亲姓名', '父亲证件号'],
  slips: { ...BY_HAND, missed: 0.005 },
  entries: (block) => block.people.filter((one) => one.mother !== undefined && ageOn(one.birth, AS_OF) < 6),
  about: (one) => [one.id, one.mother?.id],
  cells: (one, s) => [
    `A37${ownNumber('chusheng', one)}`,
    s.name(one),
    sex(one),
    s.date(one.birth),
    one.mother ? s.name(one.mother) : '',
    one.mother ? s.number(one.mother) : '',
    one.father ? s.name(one.father) : '',
    one.father ? s.number(one.father) : '',
  ],
})

export const deaths = source({
  id: 'weijian-siwang',
  department: '卫生健康委员会',
  title: '死亡医学证明',
  format: 'csv',
  encoding: 'utf-8',
  dates: 'iso',
  columns: ['死亡证编号', '姓名', '性别', '证件号码', '出生日期', '死亡日期', '户籍地址'],
  slips: { ...BY_HAND, missed: 0.03 },
  entries: (block) => block.people.filter((one) => one.death !== undefined),
  about: (one) => [one.id],
  cells: (one, s) => [
    `S37${ownNumber('siwang', one)}`,
    s.name(one),
    sex(one),
    s.number(one),
    s.date(one.birth),
    s.date(one.death),
    s.address(one.household),
  ],
})

export const visits = source<Visit>({
  id: 'weijian-jiuzhen',
  department: '卫生健康委员会',
  title: '门诊就诊',
  format: 'jsonl',
  encoding: 'utf-8',
  dates: 'iso',
  columns: ['visitNo', 'hospital', 'clinic', 'visitDate', 'patientName', 'idNo', 'gender', 'birthDate', 'mobile'],
  slips: { ...BY_HAND, 'number-missing': 0.05, 'date-other-form': 0.01 },
  *entries(block) {
    for (const person of block.people) {
      const random = new Random(block.seed, 5, person.serial)
      const [from, until] = [Math.max(NEW_YEAR, person.birth), lastDay(person)]
      if (from > until) continue
      const often = ageOn(person.birth, AS_OF) > 60 ? [0.35, 0.25, 0.2, 0.2] : [0.6, 0.25, 0.1, 0.05]
      for (let at = random.weighted(cumulate(often)); at > 0; at--)
        yield {
          person,
          at,
          on: random.between(from, until),
          clinic: random.pick(CLINICS),
          house: `${person.household.village.town}${random.chance(0.7) ? '卫生院' : '社区卫生服务中心'}`,
        }
    }
  },
  about: ({ person }) => [person.id],
  cells: ({ person, at, on, clinic, house }, s) => [
    `MZ${ownNumber('jiuzhen', person)}${at}`,
    house,
    clinic,
    s.date(on),
    s.name(person),
    s.number(person),
    person.sex,
    s.date(person.birth),
    s.phone(person),
  ],
})

export const insured = source({
  id: 'yibao-canbao',
  department: '医疗保障局',
  title: '基本医疗保险参保人员',
  format: 'csv',
  encoding: 'gb18030',
  dates: 'slash',
  columns: ['人员编号', '姓名', '性别', '证件号码', '出生日期', '险种', '单位信用代码', '手机'],
  slips: { ...CHECKED, missed: 0.04, 'dead-kept': 0.02 },
  entries: (block) => block.people.filter(({ left }) => left === undefined),
  gone: deadKept,
  about: (one) => [one.id],
  cells: (one, s) => [
    `3709${ownNumber('yibao', one)}`,
    s.name(one),
    sex(one),
    s.number(one),
    s.date(one.birth),
    one.job ? '职工' : '居民',
    one.job ? s.code(one.job.firm) : '',
    s.phone(one),
  ],
})

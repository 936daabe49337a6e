import { AS_OF, type Day, writeDate } from '../dates.ts'
import { isHere, lastDay, type Person } from '../person.ts'
import type { Scribe } from '../scribe.ts'
import { source } from '../source.ts'
import { BY_HAND, ownNumber } from './common.ts'

interface Registration {
  readonly person: Person
  /** Under a second number, long forgotten; struck off when the police found it. */
  readonly isSecond: boolean
}

export const residents = source<Registration>({
  id: 'gongan-renkou',
  department: '公安局',
  title: '常住人口登记',
  format: 'csv',
  encoding: 'gb18030',
  dates: 'basic',
  columns: ['GMSFHM', 'XM', 'CYM', 'XBDM', 'MZ', 'CSRQ', 'HH', 'YHZGX', 'HKSZDDZ', 'XZQHDM', 'HYZKDM', 'ZXRQ', 'ZXYY'],
  slips: { duplicate: 0.0003, 'name-look-alike': 0.0005, 'registered-twice': 0.5, 'death-missing': 0.01 },
  *entries({ people }) {
    for (const person of people) {
      yield { person, isSecond: false }
      if (person.secondNumber && isHere(person)) yield { person, isSecond: true }
    }
  },
  gone: ({ isSecond }) => (isSecond ? 'registered-twice' : undefined),
  about: ({ person }) => [person.id],
  cells: ({ person: one, isSecond }, s) => {
    const { household } = one
    const [day, why] = isSecond ? [s.random.between(AS_OF - 1090, AS_OF - 2), '重复户口'] : ended(one, s)
    return [
      isSecond ? (one.secondNumber ?? '') : s.number(one),
      s.name(one),
      one.formerName ?? '',
      one.sex,
      one.nation,
      s.date(one.birth),
      isSecond ? '' : household.number,
      isSecond ? '' : one.relation,
      s.address(household),
      household.village.code,
      isSecond ? '' : one.marital,
      s.date(day),
      why,
    ]
  },
})

/** When and why somebody was struck off the register; most deaths are entered. */
function ended({ death, left }: Person, s: Scribe): [day: Day | undefined, why: string] {
  if (death !== undefined && !s.slip('death-missing')) return [death, '死亡']
  return left ? [left.on, left.why] : [undefined, '']
}

export const vehicles = source({
  id: 'jiaojing-cheliang',
  department: '公安局交通警察支队',
  title: '机动车登记',
  format: 'csv',
  encoding: 'gbk',
  separator: '|',
  dates: 'iso',
  columns: ['号牌号码', '车辆识别代号', '所有人', '身份证明号码', '初次登记日期', '住所地址', '手机号码'],
  slips: { ...BY_HAND, missed: 0.001, 'character-lost': 1 },
  entries: (block) => block.households.flatMap((one) => one.vehicles),
  about: ({ owner }) => [owner.id],
  cells: ({ owner, plate, vin, registeredOn }, s) => [
    plate,
    vin,
    s.name(owner),
    s.number(owner),
    s.date(registeredOn),
    s.address(owner.household),
    s.phone(owner),
  ],
})

/** People who came to their present address by a move. */
export const moves = source({
  id: 'gongan-qianyi',
  department: '公安局',
  title: '户口迁移',
  format: 'csv',
  encoding: 'gb18030',
  dates: 'basic',
  columns: ['QYZBH', 'GMSFHM', 'XM', 'QYRQ', 'QCDZ', 'QRDZ'],
  slips: { missed: 0.005, duplicate: 0.001, 'name-look-alike': 0.001 },
  entries: (block) =>
    block.people.filter((one) => {
      const { movedOn } = one.household
      return movedOn !== undefined && movedOn > one.birth && movedOn < lastDay(one)
    }),
  about: (one) => [one.id],
  cells: (one, s) => [
    `QY${writeDate(one.household.movedOn ?? 0, 'basic')}${ownNumber('qianyi', one)}`,
    s.number(one),
    s.name(one),
    s.date(one.household.movedOn),
    one.household.previousAddress ?? '',
    one.household.address,
  ],
})

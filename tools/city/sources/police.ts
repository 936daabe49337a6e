import { writeDate } from '../dates.ts'
import { source } from '../source.ts'
import { BY_HAND, ownNumber } from './common.ts'

export const residents = source({
  id: 'gongan-renkou',
  department: '公安局',
  title: '常住人口登记',
  format: 'csv',
  encoding: 'gb18030',
  dates: 'basic',
  columns: ['GMSFHM', 'XM', 'CYM', 'XBDM', 'MZ', 'CSRQ', 'HH', 'YHZGX', 'HKSZDDZ', 'XZQHDM', 'HYZKDM', 'ZXRQ', 'ZXYY'],
  slips: { duplicate: 0.0003, 'name-look-alike': 0.0005, 'number-second': 0.02, 'death-missing': 0.01 },
  entries: (block) => block.people,
  about: (one) => [one.id],
  cells: (one, s) => {
    const dead = one.death !== undefined && !s.slip('death-missing')
    const { household } = one
    return [
      s.number(one),
      s.name(one),
      one.formerName ?? '',
      one.sex,
      one.nation,
      s.date(one.birth),
      household.number,
      one.relation,
      s.address(household),
      household.village.code,
      one.marital,
      dead ? s.date(one.death) : '',
      dead ? '死亡' : '',
    ]
  },
})

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
    block.people.filter(
      ({ household, birth, death }) =>
        household.movedOn !== undefined && household.movedOn > birth && household.movedOn < (death ?? Infinity),
    ),
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

import { dayOf, partsOf } from '../dates.ts'
import { source } from '../source.ts'
import { BY_HAND, CHECKED, owners } from './common.ts'

export const property = source({
  id: 'ziran-budongchan',
  department: '自然资源和规划局',
  title: '不动产登记',
  format: 'csv',
  encoding: 'gb18030',
  dates: 'han',
  columns: ['不动产权证号', '权利人', '证件号码', '共有人', '坐落', '建筑面积', '登记日期'],
  slips: { ...BY_HAND, missed: 0.03, 'number-fifteen': 0.02 },
  entries: owners,
  about: ({ owner }) => [owner.id, owner.spouse?.id],
  cells: ({ household, owner, on }, s) => [
    `鲁（${partsOf(on)[0]}）${household.village.county}不动产权第${household.number}号`,
    s.name(owner),
    s.number(owner),
    owner.spouse ? s.name(owner.spouse) : '',
    s.address(household),
    household.area,
    s.date(on),
  ],
})

export const contracts = source({
  id: 'zhujian-wangqian',
  department: '住房和城乡建设局',
  title: '房屋买卖合同网签',
  format: 'json',
  encoding: 'utf-8',
  dates: 'iso',
  columns: ['contractNo', 'buyer', 'idCard', 'phone', 'houseAddress', 'area', 'signDate'],
  slips: { ...CHECKED, 'date-typo': 0.002 },
  *entries(block) {
    for (const one of owners(block)) if (one.household.village.urban && one.on > dayOf(2015, 3, 1)) yield one
  },
  about: ({ owner }) => [owner.id],
  cells: ({ household, owner, on }, s) => [
    `TA${partsOf(on)[0]}${household.number}`,
    s.name(owner),
    s.number(owner),
    s.phone(owner),
    s.address(household),
    household.area,
    s.date(on - 20),
  ],
})

import { AS_OF, partsOf } from '../dates.ts'
import { source } from '../source.ts'
import { BY_HAND, CHECKED, employed, ownNumber, sex } from './common.ts'

export const employees = source({
  id: 'renshe-shebao',
  department: '人力资源和社会保障局',
  title: '职工养老保险缴费',
  format: 'csv',
  encoding: 'utf-8-bom',
  dates: 'iso',
  columns: ['姓名', '社会保障号码', '单位名称', '统一社会信用代码', '参保日期', '月缴费基数', '本年缴费月数'],
  slips: { ...CHECKED, 'firm-name-old': 0.3, 'code-typo': 0.001 },
  control: ['月缴费基数', '本年缴费月数'],
  entries: employed,
  about: (one) => [one.id, one.job?.firm.id],
  cells: (one, s) => {
    if (!one.job) return []
    const { firm, from, wage } = one.job
    const [year, month] = partsOf(from)
    return [
      s.name(one),
      s.number(one),
      s.firmName(firm),
      s.code(firm),
      s.date(from),
      wage,
      year < partsOf(AS_OF)[0] ? 12 : 13 - month,
    ]
  },
})

export const fund = source({
  id: 'gongjijin-jiaocun',
  department: '住房公积金管理中心',
  title: '住房公积金缴存',
  format: 'csv',
  encoding: 'gbk',
  separator: '\t',
  dates: 'slash',
  columns: ['个人账号', '姓名', '证件号码', '单位名称', '开户日期', '缴存基数', '手机号码'],
  slips: { ...CHECKED, 'firm-name-short': 0.05, 'firm-name-old': 0.4, 'character-lost': 1 },
  control: ['缴存基数'],
  entries: (block) => employed(block).filter((one) => one.job?.firm.kind === 'company' && one.serial % 5 < 3),
  about: (one) => [one.id, one.job?.firm.id],
  cells: (one, s) =>
    one.job
      ? [
          `GJJ${ownNumber('gongjijin', one)}`,
          s.name(one),
          s.number(one),
          s.firmName(one.job.firm),
          s.date(one.job.from),
          one.job.wage,
          s.phone(one),
        ]
      : [],
})

export const students = source({
  id: 'jiaoyu-xuesheng',
  department: '教育局',
  title: '中小学在校学生',
  format: 'xlsx',
  encoding: 'utf-8',
  dates: 'serial',
  columns: ['学籍号', '姓名', '性别', '身份证件号', '出生日期', '学校', '年级', '监护人', '监护人电话', '家庭住址'],
  slips: { ...BY_HAND, 'number-float': 0.002, 'date-other-form': 0.02 },
  entries: (block) => block.people.filter((one) => one.grade !== undefined && one.death === undefined),
  about: (one) => [one.id, (one.mother ?? one.father)?.id],
  cells: (one, s) => {
    const grade = one.grade ?? 1
    const guardian = one.mother ?? one.father
    return [
      `G${one.number}`,
      s.name(one),
      sex(one),
      s.number(one),
      s.date(one.birth),
      `${one.household.village.town}${grade <= 6 ? '中心小学' : grade <= 9 ? '初级中学' : '高级中学'}`,
      grade,
      guardian ? s.name(guardian) : '',
      guardian ? s.phone(guardian) : '',
      s.address(one.household),
    ]
  },
})

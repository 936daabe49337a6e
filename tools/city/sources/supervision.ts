import type { Firm, Inspection, Penalty } from '../firm.ts'
import { type Source, source } from '../source.ts'
import { FIRMS_BY_HAND } from './common.ts'

interface Inspected {
  readonly firm: Firm
  readonly inspection: Inspection
}
interface Punished {
  readonly firm: Firm
  readonly penalty: Penalty
}
type Look = Pick<Source, 'id' | 'department' | 'format' | 'encoding' | 'dates' | 'columns'>

/** The inspections of one office; six columns: number, firm, code, day, result, finding. */
function inspections(look: Look): Source {
  return source<Inspected>({
    ...look,
    title: '监督检查',
    slips: { ...FIRMS_BY_HAND, ...(look.encoding === 'gbk' ? { 'character-lost': 1 } : {}) },
    entries: (block) =>
      block.firms.flatMap((firm) =>
        firm.inspections
          .filter(({ office }) => office === `泰安市${look.department}`)
          .map((inspection) => ({ firm, inspection })),
      ),
    about: ({ firm }) => [firm.id],
    cells: ({ firm, inspection }, s) => [
      inspection.number,
      s.firmName(firm),
      s.code(firm),
      s.date(inspection.on),
      inspection.passed ? '合格' : '不合格',
      inspection.finding,
    ],
  })
}

export const emergency = inspections({
  id: 'yingji-jiancha',
  department: '应急管理局',
  format: 'xlsx',
  encoding: 'utf-8',
  dates: 'slash',
  columns: ['检查编号', '被检查单位', '信用代码', '检查时间', '检查结果', '发现问题'],
})
export const ecology = inspections({
  id: 'shengtai-jiancha',
  department: '生态环境局',
  format: 'csv',
  encoding: 'gbk',
  dates: 'han',
  columns: ['任务号', '企业', '社会信用代码', '现场检查日期', '结论', '问题描述'],
})
export const fire = inspections({
  id: 'xiaofang-jiancha',
  department: '消防救援支队',
  format: 'json',
  encoding: 'utf-8',
  dates: 'iso',
  columns: ['checkNo', 'unitName', 'creditCode', 'checkDate', 'result', 'problem'],
})

export const penalties = source<Punished>({
  id: 'fagai-chufa',
  department: '发展和改革委员会',
  title: '行政处罚公示',
  format: 'csv',
  encoding: 'gb18030',
  dates: 'slash',
  columns: [
    '行政处罚决定书文号',
    '行政相对人名称',
    '统一社会信用代码',
    '违法事实',
    '罚款金额（万元）',
    '处罚决定日期',
    '处罚机关',
  ],
  slips: FIRMS_BY_HAND,
  entries: (block) => block.firms.flatMap((firm) => firm.penalties.map((penalty) => ({ firm, penalty }))),
  about: ({ firm }) => [firm.id],
  cells: ({ firm, penalty }, s) => [
    penalty.number,
    s.firmName(firm),
    s.code(firm),
    penalty.basis,
    penalty.fine / 10_000,
    s.date(penalty.on),
    penalty.office,
  ],
})

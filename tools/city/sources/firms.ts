import { AS_OF, dayOf, yearsAfter } from '../dates.ts'
import { type Firm, isFirm, type Licence, lifeEnd, type Share } from '../firm.ts'
import { Random } from '../random.ts'
import { source } from '../source.ts'
import { CHECKED, closedKept, FIRMS_BY_HAND } from './common.ts'

const KIND = { company: '有限责任公司', business: '个体工商户', cooperative: '农民专业合作社' }

interface Held {
  readonly firm: Firm
  readonly share: Share
}
interface Licensed {
  readonly firm: Firm
  readonly licence: Licence
}
interface Quarter {
  readonly firm: Firm
  readonly quarter: number
}

export const register = source({
  id: 'shichang-zhuti',
  department: '市场监督管理局',
  title: '经营主体登记',
  format: 'csv',
  encoding: 'utf-8',
  dates: 'iso',
  columns: [
    'uniscid',
    'entname',
    'oldname',
    'enttype',
    'lerep',
    'lerep_cerno',
    'regcap_wan',
    'estdate',
    'regstate',
    'candate',
    'industry',
    'dom',
    'tel',
    'merged_into',
  ],
  slips: {
    duplicate: 0.0003,
    'name-look-alike': 0.001,
    'number-typo': 0.0005,
    'number-second': 0.2,
    'address-short': 0.1,
  },
  entries: (block) => block.firms,
  about: (one) => [one.id, one.representative.id],
  cells: (one, s) => [
    s.code(one),
    s.firmName(one),
    one.formerName ?? '',
    KIND[one.kind],
    s.name(one.representative),
    s.number(one.representative),
    one.capital / 10_000,
    s.date(one.establishedOn),
    one.closedOn === undefined ? '在营' : '注销',
    s.date(one.closedOn),
    one.class,
    s.place(one.address),
    one.phone,
    one.mergedInto?.code ?? '',
  ],
})

export const shareholders = source<Held>({
  id: 'shichang-gudong',
  department: '市场监督管理局',
  title: '股东及出资',
  format: 'csv',
  encoding: 'utf-8',
  dates: 'iso',
  columns: ['uniscid', 'entname', 'inv', 'invtype', 'cerno', 'subconprop', 'condate'],
  slips: { ...CHECKED, missed: 0, duplicate: 0 },
  entries: (block) =>
    block.firms.flatMap((firm) => (firm.kind === 'company' ? firm.shareholders.map((share) => ({ firm, share })) : [])),
  about: ({ firm, share }) => [firm.id, share.holder.id],
  cells: ({ firm, share: { holder, percent, since } }, s) => [
    s.code(firm),
    s.firmName(firm),
    isFirm(holder) ? s.firmName(holder) : s.name(holder),
    isFirm(holder) ? '企业法人' : '自然人',
    isFirm(holder) ? s.code(holder) : s.number(holder),
    percent,
    s.date(since),
  ],
})

export const licences = source<Licensed>({
  id: 'shenpi-xuke',
  department: '行政审批服务局',
  title: '行政许可',
  format: 'xlsx',
  encoding: 'utf-8',
  dates: 'slash',
  columns: ['许可证号', '证照名称', '企业名称', '统一社会信用代码', '发证机关', '有效期自', '有效期至', '经营地址'],
  slips: FIRMS_BY_HAND,
  entries: (block) => block.firms.flatMap((firm) => firm.licences.map((licence) => ({ firm, licence }))),
  about: ({ firm }) => [firm.id],
  cells: ({ firm, licence }, s) => [
    licence.number,
    licence.title,
    s.firmName(firm),
    s.code(firm),
    licence.authority,
    s.date(licence.from),
    s.date(licence.until),
    s.place(firm.address),
  ],
})

export const transport = source<Licensed>({
  id: 'jiaotong-yunshu',
  department: '交通运输局',
  title: '道路运输业户',
  format: 'csv',
  encoding: 'gbk',
  dates: 'basic',
  columns: ['业户名称', '业户代码', '许可证号', '负责人', '负责人身份证', '电话', '起始日期', '截止日期'],
  slips: { ...FIRMS_BY_HAND, 'name-look-alike': 0.02, 'number-typo': 0.006, 'closed-kept': 0.1, 'character-lost': 1 },
  entries: (block) =>
    block.firms.flatMap((firm) => {
      const licence = firm.industry.division === '54' ? firm.licences.at(-1) : undefined
      return licence ? [{ firm, licence }] : []
    }),
  gone: ({ firm }) => closedKept(firm),
  about: ({ firm }) => [firm.id, firm.representative.id],
  cells: ({ firm, licence }, s) => [
    s.firmName(firm),
    s.code(firm),
    licence.number,
    s.name(firm.representative),
    s.number(firm.representative),
    firm.phone,
    s.date(licence.from),
    s.date(licence.until),
  ],
})

const QUARTER_ENDS = [dayOf(2025, 3, 31), dayOf(2025, 6, 30), dayOf(2025, 9, 30), AS_OF]

export const tax = source<Quarter>({
  id: 'shuiwu-shenbao',
  department: '税务局',
  title: '企业所得税季度申报',
  format: 'csv',
  encoding: 'gbk',
  separator: '\t',
  dates: 'iso',
  columns: ['纳税人识别号', '纳税人名称', '所属期起', '所属期止', '申报日期', '营业收入', '从业人数'],
  slips: {
    'firm-name-old': 0.1,
    'firm-name-brackets': 0.2,
    'code-letter': 0.0005,
    duplicate: 0.001,
    missed: 0.002,
    'character-lost': 1,
  },
  entries: (block) =>
    block.firms.flatMap((firm) =>
      firm.kind === 'business'
        ? []
        : QUARTER_ENDS.flatMap((end, quarter) =>
            firm.establishedOn <= end - 90 && end < lifeEnd(firm, AS_OF) ? [{ firm, quarter }] : [],
          ),
    ),
  about: ({ firm }) => [firm.id],
  cells: ({ firm, quarter }, s) => {
    const end = QUARTER_ENDS[quarter] ?? AS_OF
    const random = new Random(firm.index, 6, quarter)
    const revenue =
      firm.productivity * firm.wanted * 3 * (1 + (firm.growth * quarter) / 4) * (0.8 + 0.4 * random.next())
    const filed = end + (random.chance(firm.laxness) ? random.between(16, 60) : random.between(1, 15))
    return [
      s.code(firm),
      s.firmName(firm),
      s.date(dayOf(2025, quarter * 3 + 1, 1)),
      s.date(end),
      s.date(filed),
      Math.round(revenue),
      firm.wanted,
    ]
  },
})

export const units = source({
  id: 'tongji-danwei',
  department: '统计局',
  title: '基本单位名录',
  format: 'csv',
  encoding: 'utf-8-bom',
  dates: 'basic',
  columns: ['单位详细名称', '统一社会信用代码', '区划代码', '行业代码', '开业年月', '从业人员期末人数', '联系电话'],
  slips: { ...FIRMS_BY_HAND, missed: 0.05, 'closed-kept': 0.15 },
  entries: (block) => block.firms.filter((one) => one.kind !== 'business'),
  gone: closedKept,
  about: (one) => [one.id],
  cells: (one, s) => [
    s.firmName(one),
    s.code(one),
    one.village.code,
    one.class,
    String(s.date(one.establishedOn)).slice(0, 6),
    one.staff.length,
    one.phone,
  ],
})

/** Cooperatives are looked at every year; the next look is due a year after the first day of 2025. */
export const cooperatives = source({
  id: 'nongye-hezuoshe',
  department: '农业农村局',
  title: '农民专业合作社',
  format: 'xlsx',
  encoding: 'utf-8',
  dates: 'han',
  columns: ['合作社名称', '信用代码', '理事长', '身份证号', '成立时间', '满一年日期', '地址', '电话'],
  slips: { ...FIRMS_BY_HAND, 'name-look-alike': 0.02, 'number-float': 0.01, 'closed-kept': 0.2 },
  entries: (block) => block.firms.filter((one) => one.kind === 'cooperative'),
  gone: closedKept,
  about: (one) => [one.id, one.representative.id],
  cells: (one, s) => [
    s.firmName(one),
    s.code(one),
    s.name(one.representative),
    s.number(one.representative),
    s.date(one.establishedOn),
    s.date(yearsAfter(one.establishedOn, 1)),
    s.place(one.address),
    one.phone,
  ],
})

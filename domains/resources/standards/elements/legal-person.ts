import { elementsOf } from './row.ts'

const firm = elementsOf('legal-person', 'firm', '法人和其他组织')
const share = elementsOf('legal-person', 'share', '出资')
const licence = elementsOf('legal-person', 'licence', '行政许可')
const penalty = elementsOf('legal-person', 'penalty', '行政处罚')
const inspection = elementsOf('legal-person', 'inspection', '监督检查')
const tax = elementsOf('legal-person', 'tax', '纳税申报')

const MARKET = 'city.market'
const APPROVAL = 'city.approval'
const REFORM = 'city.reform'
const TAX = 'city.tax'
/** Every office inspects and keeps its own; one of them may claim. */
const NOBODY = undefined

/** The standard set of legal persons. Owners follow the duties of the departments; a claim changes them. */
export const legalPersonElements = [
  firm('code', ['统一社会信用代码', 'Unified social credit code'], '法人和其他组织的唯一代码', 'uscc', MARKET, {
    link: true,
    max: 18,
    standard: 'GB 32100',
    synonyms: ['信用代码', '社会信用代码', '纳税人识别号', '单位信用代码', '业户代码'],
  }),
  firm('name', ['企业名称', 'Name of the firm'], '登记机关核准的名称', 'text', MARKET, {
    link: true,
    max: 200,
    synonyms: ['单位名称', '纳税人名称', '业户名称', '被检查单位', '行政相对人名称'],
  }),
  firm('former-name', ['曾用名称', 'Former name'], '变更前登记过的名称', 'text', MARKET, { max: 200 }),
  firm('kind', ['主体类型', 'Kind'], '登记的主体类型', 'text', MARKET, { max: 60, synonyms: ['企业类型'] }),
  firm('representative', ['法定代表人', 'Legal representative'], '登记的法定代表人或负责人姓名', 'text', MARKET, {
    max: 60,
    synonyms: ['负责人', '理事长'],
  }),
  firm(
    'representative-number',
    ['法定代表人证件号', 'Number of the representative'],
    '法定代表人的公民身份号码',
    'identity',
    MARKET,
    {
      max: 18,
      standard: 'GB 11643',
    },
  ),
  firm('capital', ['注册资本', 'Capital'], '登记的注册资本', 'decimal', MARKET, { unit: '10.kCNY' }),
  firm('established-on', ['成立日期', 'Established on'], '核准设立的日期', 'date', MARKET, { synonyms: ['成立时间'] }),
  firm('state', ['登记状态', 'State of registration'], '登记在营、注销等状态', 'text', MARKET, { max: 20 }),
  firm('closed-on', ['注销日期', 'Closed on'], '核准注销的日期', 'date', MARKET),
  firm('industry', ['行业代码', 'Industry'], '所属国民经济行业', 'code', MARKET, {
    codes: 'gbt4754',
    standard: 'GB/T 4754',
    synonyms: ['行业'],
  }),
  firm('address', ['住所', 'Address'], '登记的住所', 'text', MARKET, { max: 200, synonyms: ['地址', '经营地址'] }),
  firm('phone', ['单位电话', 'Telephone of the firm'], '登记的联系电话', 'text', MARKET, { link: true, max: 40 }),
  firm('division', ['所在区划', 'Division'], '住所所在的行政区划', 'division', MARKET, {
    max: 12,
    standard: 'GB/T 2260',
    synonyms: ['区划代码'],
  }),
  firm('merged-into', ['并入企业', 'Merged into'], '因合并注销时并入的企业代码', 'uscc', MARKET, { max: 18 }),
  firm('staff', ['从业人员期末人数', 'Staff'], '报告期末在岗的从业人员数', 'integer', 'city.statistics', {
    synonyms: ['从业人数', '职工人数'],
  }),
  firm('opened-in', ['开业年月', 'Opened in'], '实际开业的年月', 'text', 'city.statistics', { max: 6 }),
  share('holder', ['股东', 'Holder'], '出资人的姓名或名称', 'text', MARKET, { max: 60, synonyms: ['投资人'] }),
  share('holder-number', ['股东证件号', 'Number of the holder'], '出资人的证件号码或代码', 'text', MARKET, { max: 18 }),
  share('percent', ['出资比例', 'Share'], '认缴出资占注册资本的比例', 'decimal', MARKET, { unit: '%' }),
  share('since', ['出资日期', 'Since'], '认缴出资的日期', 'date', MARKET),
  licence('number', ['许可证号', 'Licence'], '许可证件的编号', 'text', APPROVAL, { link: true, max: 60 }),
  licence('kind', ['证照名称', 'Kind of licence'], '许可证件的名称', 'text', APPROVAL, { max: 60 }),
  licence('authority', ['发证机关', 'Authority'], '颁发许可的机关', 'text', APPROVAL, { max: 100 }),
  licence('from', ['有效期自', 'Valid from'], '许可生效的日期', 'date', APPROVAL, { synonyms: ['起始日期'] }),
  licence('until', ['有效期至', 'Valid until'], '许可失效的日期', 'date', APPROVAL, { synonyms: ['截止日期'] }),
  penalty('decision', ['行政处罚决定书文号', 'Decision'], '处罚决定书的文号', 'text', REFORM, { link: true, max: 60 }),
  penalty('fact', ['违法事实', 'What was done'], '处罚决定认定的违法事实', 'text', REFORM, { max: 500 }),
  penalty('fine', ['罚款金额', 'Fine'], '处罚决定的罚款数额', 'decimal', REFORM, { unit: '10.kCNY' }),
  penalty('decided-on', ['处罚决定日期', 'Decided on'], '作出处罚决定的日期', 'date', REFORM),
  penalty('office', ['处罚机关', 'Office'], '作出处罚决定的机关', 'text', REFORM, { max: 100 }),
  inspection('number', ['检查编号', 'Inspection'], '一次现场检查的编号', 'text', NOBODY, {
    link: true,
    max: 60,
  }),
  inspection('on', ['检查日期', 'Inspected on'], '现场检查的日期', 'date', NOBODY, { synonyms: ['检查时间'] }),
  inspection('result', ['检查结果', 'Result'], '现场检查的结论', 'text', NOBODY, { max: 20 }),
  inspection('finding', ['发现问题', 'Finding'], '现场检查发现的问题', 'text', NOBODY, { max: 500 }),
  tax('from', ['所属期起', 'Period from'], '申报所属期的第一天', 'date', TAX),
  tax('until', ['所属期止', 'Period until'], '申报所属期的最后一天', 'date', TAX),
  tax('filed-on', ['申报日期', 'Filed on'], '提交申报的日期', 'date', TAX),
  tax('revenue', ['营业收入', 'Revenue'], '申报所属期的营业收入', 'decimal', TAX, { unit: 'CNY' }),
]

import { Type } from 'typebox'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { maybe, month, of } from './fields.ts'
import { ofFirms } from './tables.ts'

const firms = ofFirms('shichang-zhuti', {
  id: 'base.firm',
  title: words('经营主体登记', 'Registered firms'),
  about: words('市场监管部门登记的企业、个体工商户和合作社', 'Companies, sole traders and cooperatives as registered'),
  source: 'city.market',
  schema: Type.Object({
    code: of.firmCode('uniscid'),
    name: of.firmName('entname'),
    formerName: maybe(field.text(words('曾用名称', 'Former name'), { max: 200, aliases: ['oldname'] })),
    kind: field.text(words('主体类型', 'Kind'), { max: 60, aliases: ['enttype'] }),
    representative: of.otherName(words('法定代表人', 'Legal representative'), 'lerep'),
    representativeNumber: maybe(
      of.otherNumber(words('法定代表人证件号', 'Number of the representative'), 'lerep_cerno'),
    ),
    capital: maybe(
      field.decimal(words('注册资本（万元）', 'Capital'), { unit: '10.kCNY', min: 0, aliases: ['regcap_wan'] }),
    ),
    establishedOn: of.day(words('成立日期', 'Established on'), 'estdate'),
    state: field.text(words('登记状态', 'State'), { max: 20, aliases: ['regstate'] }),
    closedOn: maybe(of.day(words('注销日期', 'Closed on'), 'candate')),
    industry: maybe(field.codeOf(words('行业代码', 'Industry'), 'gbt4754', { aliases: ['industry'] })),
    address: maybe(field.text(words('住所', 'Address'), { max: 200, aliases: ['dom'] })),
    phone: maybe(of.firmPhone('tel')),
    mergedInto: maybe(field.uscc(words('并入企业', 'Merged into'), { aliases: ['merged_into'] })),
  }),
  elements: {
    code: 'firm.code',
    name: 'firm.name',
    formerName: 'firm.former-name',
    kind: 'firm.kind',
    representative: 'firm.representative',
    representativeNumber: 'firm.representative-number',
    capital: 'firm.capital',
    establishedOn: 'firm.established-on',
    state: 'firm.state',
    closedOn: 'firm.closed-on',
    industry: 'firm.industry',
    address: 'firm.address',
    phone: 'firm.phone',
    mergedInto: 'firm.merged-into',
  },
  key: ['code'],
  opening: 'conditional',
  list: {
    columns: ['code', 'name', 'kind', 'state', 'establishedOn', 'industry'],
    sort: ['establishedOn'],
    search: ['name', 'representativeNumber'],
  },
  quality: [
    {
      id: 'closed-after-established',
      title: words('注销日期不早于成立日期', 'Closed on or after establishment'),
      dimension: 'consistent',
      holds: 'closed_on is null or closed_on >= established_on',
    },
  ],
})

const shareholdings = ofFirms('shichang-gudong', {
  id: 'base.shareholding',
  title: words('股东及出资', 'Shareholdings'),
  about: words('公司股东及其出资比例', 'Who holds which share of a company'),
  source: 'city.market',
  schema: Type.Object({
    code: of.firmCode('uniscid'),
    firmName: maybe(of.firmName('entname')),
    holder: of.otherName(words('股东', 'Holder'), 'inv'),
    holderKind: field.code(
      words('股东类型', 'Kind of holder'),
      { 企业法人: words('企业法人', 'Firm'), 自然人: words('自然人', 'Person') },
      { aliases: ['invtype'] },
    ),
    holderNumber: field.text(words('股东证件号', 'Number of the holder'), {
      personal: true,
      sealed: true,
      mask: 'identity',
      max: 18,
      aliases: ['cerno'],
    }),
    percent: field.decimal(words('出资比例', 'Share'), { unit: '%', min: 0, max: 100, aliases: ['subconprop'] }),
    since: maybe(of.day(words('出资日期', 'Since'), 'condate')),
  }),
  elements: {
    code: 'firm.code',
    firmName: 'firm.name',
    holder: 'share.holder',
    holderNumber: 'share.holder-number',
    percent: 'share.percent',
    since: 'share.since',
  },
  key: ['code', 'holderNumber'],
  level: 'sensitive',
  sharing: 'conditional',
  list: { columns: ['code', 'firmName', 'holder', 'holderKind', 'percent'], sort: ['code'], search: ['holderNumber'] },
})

const units = ofFirms('tongji-danwei', {
  id: 'base.statistical-unit',
  title: words('基本单位名录', 'Basic units of statistics'),
  about: words('统计部门的基本单位', 'Units as statistics list them'),
  source: 'city.statistics',
  schema: Type.Object({
    code: of.firmCode(),
    name: of.firmName('单位详细名称'),
    division: field.division(words('区划代码', 'Division')),
    industry: maybe(field.codeOf(words('行业代码', 'Industry'), 'gbt4754')),
    openedIn: maybe(month(words('开业年月', 'Opened in'))),
    staff: maybe(field.integer(words('从业人员期末人数', 'Staff at the end of the period'), { min: 0 })),
    phone: maybe(of.firmPhone()),
  }),
  elements: {
    code: 'firm.code',
    name: 'firm.name',
    division: 'firm.division',
    industry: 'firm.industry',
    openedIn: 'firm.opened-in',
    staff: 'firm.staff',
    phone: 'firm.phone',
  },
  key: ['code'],
  scope: { division: 'division' },
  list: { columns: ['code', 'name', 'division', 'industry', 'staff'], sort: ['division'], search: ['name'] },
})

const cooperatives = ofFirms('nongye-hezuoshe', {
  id: 'base.cooperative',
  title: words('农民专业合作社', 'Farmers cooperatives'),
  about: words('农业农村部门登记的合作社', 'Cooperatives as agriculture lists them'),
  source: 'city.agriculture',
  schema: Type.Object({
    code: of.firmCode('信用代码'),
    name: of.firmName('合作社名称'),
    chair: of.otherName(words('理事长', 'Chair')),
    chairNumber: maybe(of.otherNumber(words('身份证号', 'Number of the chair'))),
    establishedOn: of.day(words('成立时间', 'Established on')),
    firstYearOn: maybe(of.day(words('满一年日期', 'One year complete on'))),
    address: maybe(field.text(words('地址', 'Address'), { max: 200 })),
    phone: maybe(of.firmPhone()),
  }),
  elements: {
    code: 'firm.code',
    name: 'firm.name',
    chair: 'firm.representative',
    chairNumber: 'firm.representative-number',
    establishedOn: 'firm.established-on',
    address: 'firm.address',
    phone: 'firm.phone',
  },
  key: ['code'],
  list: { columns: ['code', 'name', 'chair', 'establishedOn'], sort: ['establishedOn'], search: ['name'] },
})

const taxReturns = ofFirms('shuiwu-shenbao', {
  id: 'base.tax-return',
  title: words('企业所得税季度申报', 'Quarterly returns of corporate tax'),
  about: words('企业按季度申报的收入和从业人数', 'Revenue and staff that firms declare each quarter'),
  source: 'city.tax',
  schema: Type.Object({
    code: of.firmCode('纳税人识别号'),
    from: of.day(words('所属期起', 'Period from')),
    until: of.day(words('所属期止', 'Period until')),
    name: maybe(of.firmName('纳税人名称')),
    filedOn: of.day(words('申报日期', 'Filed on')),
    revenue: field.decimal(words('营业收入', 'Revenue'), { unit: 'CNY' }),
    staff: maybe(field.integer(words('从业人数', 'Staff'), { min: 0 })),
  }),
  elements: {
    code: 'firm.code',
    from: 'tax.from',
    until: 'tax.until',
    name: 'firm.name',
    filedOn: 'tax.filed-on',
    revenue: 'tax.revenue',
    staff: 'firm.staff',
  },
  key: ['code', 'from'],
  level: 'sensitive',
  sharing: 'conditional',
  list: { columns: ['code', 'name', 'until', 'filedOn', 'revenue'], sort: ['until'], search: ['name'] },
})

export const firmTables = [firms, shareholdings, units, cooperatives, taxReturns] as const

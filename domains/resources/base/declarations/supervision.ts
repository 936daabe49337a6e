import { Type } from 'typebox'
import { field } from '#platform/registry'
import { type Words, words } from '#runtime'
import { maybe, of } from './fields.ts'
import { ofFirms } from './tables.ts'

const licences = ofFirms('shenpi-xuke', {
  id: 'base.licence',
  title: words('行政许可', 'Licences'),
  about: words('行政审批部门颁发的许可证', 'Licences that approval services grant'),
  source: 'city.approval',
  schema: Type.Object({
    licence: field.text(words('许可证号', 'Licence'), { max: 60 }),
    kind: field.text(words('证照名称', 'Kind'), { max: 60 }),
    name: of.firmName(),
    code: maybe(of.firmCode()),
    authority: maybe(field.text(words('发证机关', 'Authority'), { max: 100 })),
    from: of.day(words('有效期自', 'Valid from')),
    until: maybe(of.day(words('有效期至', 'Valid until'))),
    address: maybe(field.text(words('经营地址', 'Address'), { max: 200 })),
  }),
  elements: {
    licence: 'licence.number',
    kind: 'licence.kind',
    name: 'firm.name',
    code: 'firm.code',
    authority: 'licence.authority',
    from: 'licence.from',
    until: 'licence.until',
    address: 'firm.address',
  },
  key: ['licence'],
  level: 'public',
  opening: 'open',
  list: { columns: ['licence', 'kind', 'name', 'code', 'until'], sort: ['until'], search: ['name', 'code'] },
  quality: [
    {
      id: 'ends-after-begin',
      title: words('有效期止不早于有效期起', 'Ends on or after its beginning'),
      dimension: 'consistent',
      holds: 'until is null or until >= "from"',
    },
  ],
})

const transport = ofFirms('jiaotong-yunshu', {
  id: 'base.transport-operator',
  title: words('道路运输业户', 'Road transport operators'),
  about: words('交通运输部门许可的道路运输业户', 'Firms licensed for road transport'),
  source: 'city.transport',
  schema: Type.Object({
    licence: field.text(words('许可证号', 'Licence'), { max: 60 }),
    name: of.firmName('业户名称'),
    code: maybe(of.firmCode('业户代码')),
    head: of.otherName(words('负责人', 'Person in charge')),
    headNumber: maybe(of.otherNumber(words('负责人身份证', 'Number of the person in charge'))),
    phone: maybe(of.firmPhone()),
    from: of.day(words('起始日期', 'Valid from')),
    until: maybe(of.day(words('截止日期', 'Valid until'))),
  }),
  elements: {
    name: 'firm.name',
    code: 'firm.code',
    head: 'firm.representative',
    headNumber: 'firm.representative-number',
    phone: 'firm.phone',
  },
  key: ['licence'],
  level: 'sensitive',
  sharing: 'conditional',
  list: { columns: ['licence', 'name', 'code', 'until'], sort: ['until'], search: ['name', 'code'] },
})

const penalties = ofFirms('fagai-chufa', {
  id: 'base.penalty',
  title: words('行政处罚公示', 'Published penalties'),
  about: words('依法公示的行政处罚决定', 'Penalties published by law'),
  source: 'city.reform',
  schema: Type.Object({
    decision: field.text(words('行政处罚决定书文号', 'Decision'), { max: 60 }),
    name: of.firmName('行政相对人名称'),
    code: maybe(of.firmCode()),
    fact: field.text(words('违法事实', 'What was done'), { max: 500 }),
    fine: field.decimal(words('罚款金额（万元）', 'Fine'), { unit: '10.kCNY', min: 0 }),
    decidedOn: of.day(words('处罚决定日期', 'Decided on')),
    office: field.text(words('处罚机关', 'Office'), { max: 100 }),
  }),
  elements: {
    decision: 'penalty.decision',
    name: 'firm.name',
    code: 'firm.code',
    fact: 'penalty.fact',
    fine: 'penalty.fine',
    decidedOn: 'penalty.decided-on',
    office: 'penalty.office',
  },
  key: ['decision'],
  level: 'public',
  opening: 'open',
  list: { columns: ['decision', 'name', 'fact', 'fine', 'decidedOn'], sort: ['decidedOn'], search: ['name', 'code'] },
})

interface Looks {
  readonly file: string
  readonly id: string
  readonly title: Words
  readonly source: string
  /** What its file calls number, firm, code, day, result and finding. */
  readonly called: readonly [string, string, string, string, string, string]
}

/** The inspections of one office. */
const inspections = ({ file, id, title, source, called }: Looks) =>
  ofFirms(file, {
    id,
    title,
    about: words('现场检查的时间、结论和发现的问题', 'When firms were inspected, with result and finding'),
    source,
    schema: Type.Object({
      inspection: field.text(words('检查编号', 'Inspection'), { max: 60, aliases: [called[0]] }),
      name: of.firmName('被检查单位', called[1]),
      code: maybe(of.firmCode('信用代码', called[2])),
      inspectedOn: of.day(words('检查日期', 'Inspected on'), '检查时间', called[3]),
      result: field.code(
        words('检查结果', 'Result'),
        { 合格: words('合格', 'Passed'), 不合格: words('不合格', 'Failed') },
        { aliases: [called[4]] },
      ),
      finding: maybe(field.text(words('发现问题', 'Finding'), { max: 500, aliases: [called[5]] })),
    }),
    elements: {
      inspection: 'inspection.number',
      name: 'firm.name',
      code: 'firm.code',
      inspectedOn: 'inspection.on',
      result: 'inspection.result',
      finding: 'inspection.finding',
    },
    key: ['inspection'],
    opening: 'conditional',
    list: {
      columns: ['inspection', 'name', 'inspectedOn', 'result', 'finding'],
      sort: ['inspectedOn'],
      search: ['name', 'code'],
    },
  })

const safety = inspections({
  file: 'yingji-jiancha',
  id: 'base.safety-inspection',
  title: words('安全生产检查', 'Inspections of work safety'),
  source: 'city.emergency',
  called: ['检查编号', '被检查单位', '信用代码', '检查时间', '检查结果', '发现问题'],
})
const environment = inspections({
  file: 'shengtai-jiancha',
  id: 'base.environment-inspection',
  title: words('生态环境检查', 'Inspections of the environment'),
  source: 'city.ecology',
  called: ['任务号', '企业', '社会信用代码', '现场检查日期', '结论', '问题描述'],
})
const fire = inspections({
  file: 'xiaofang-jiancha',
  id: 'base.fire-inspection',
  title: words('消防监督检查', 'Inspections of fire safety'),
  source: 'city.fire',
  called: ['checkNo', 'unitName', 'creditCode', 'checkDate', 'result', 'problem'],
})

export const supervision = [licences, transport, penalties, safety, environment, fire] as const

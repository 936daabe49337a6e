import { Type } from 'typebox'
import { loop } from '#platform/loops'
import { field } from '#platform/registry'
import { words } from '#runtime'

export const LEVELS = {
  blue: words('蓝色', 'Blue'),
  yellow: words('黄色', 'Yellow'),
  orange: words('橙色', 'Orange'),
  red: words('红色', 'Red'),
} as const

export const SOURCES = {
  dust: words('工地和道路扬尘', 'Dust of sites and roads'),
  industry: words('工业企业排放', 'Industry'),
  vehicles: words('机动车和非道路机械', 'Vehicles and machines'),
  burning: words('露天焚烧、烧烤', 'Open burning'),
  heating: words('散煤和供暖', 'Coal and heating'),
  fireworks: words('烟花爆竹', 'Fireworks'),
  transport: words('区域传输', 'Carried in from outside'),
  instrument: words('仪器或数据问题', 'Instrument or data'),
  unknown: words('未查明', 'Not found'),
} as const

const HANDLE = { right: 'air.exceedance.handle' } as const
const CHECK = { right: 'air.exceedance.check' } as const
const closed = { additionalProperties: false } as const
const basis = words('本地运行规则，待确认', 'Local operational scheme, to be confirmed')

/**
 * A station exceeds: the county finds the source, has it put right and reports with evidence; another person checks; then
 * the matter waits, and only the station closes it.
 */
export const exceedanceLoop = loop({
  id: 'air.exceedance',
  version: 1,
  title: words('空气质量超标处置', 'Handling an air exceedance'),
  about: words(
    '接收、查找来源、整改、上报证据、他人复核，站点数据恢复后自动办结',
    'Receive, find the source, put right, report with evidence, check by another; the station itself closes it',
  ),
  data: Type.Object(
    {
      station: field.reference(words('站点', 'Station'), 'air.station'),
      stationName: field.text(words('站点名称', 'Station name')),
      division: field.division(words('所在区县', 'County')),
      level: field.code(words('预警级别', 'Level'), LEVELS),
      aqi: field.integer(words('预警时AQI', 'AQI when raised')),
      primary: Type.Optional(field.text(words('首要污染物', 'Primary pollutant'), { min: 0 })),
      since: field.instant(words('超标开始', 'Exceeds since')),
      replay: Type.Optional(field.boolean(words('回放演示数据', 'Replayed data'))),
      source: Type.Optional(field.code(words('来源', 'Source'), SOURCES)),
      finding: Type.Optional(field.longText(words('查找情况', 'What was found'), { max: 2000 })),
      responsible: Type.Optional(field.text(words('责任单位', 'Unit responsible'), { min: 0 })),
      measures: Type.Optional(field.longText(words('整改措施和效果', 'What was done'), { max: 4000 })),
    },
    closed,
  ),
  headline: words('{stationName} 空气质量{level}预警（AQI {aqi}）', '{level} air warning at {stationName} (AQI {aqi})'),
  division: 'division',
  readers: [{ right: 'air.exceedance.read' }],
  start: 'received',
  places: {
    received: {
      title: words('待接收', 'To be received'),
      kind: 'open',
      assign: HANDLE,
      clock: { limit: '2h', basis, atLimit: [{ urge: { right: 'air.exceedance.supervise' } }] },
    },
    finding: {
      title: words('查找来源', 'Finding the source'),
      kind: 'open',
      assign: HANDLE,
      clock: { limit: '4h', basis },
    },
    rectifying: {
      title: words('整改', 'Putting right'),
      kind: 'open',
      assign: HANDLE,
      clock: { limit: '24h', basis, atLimit: [{ urge: { right: 'air.exceedance.supervise' } }] },
    },
    checking: { title: words('复核', 'Check'), kind: 'open', assign: CHECK, clock: { limit: '1wd', basis } },
    waiting: { title: words('等待站点恢复', 'Waiting for the station'), kind: 'waiting' },
    closed: { title: words('站点恢复，办结', 'Closed by the station'), kind: 'end', outcome: 'done' },
    withdrawn: { title: words('撤销', 'Withdrawn'), kind: 'end', outcome: 'withdrawn' },
  },
  actions: {
    receive: { title: words('接收', 'Receive'), from: ['received'], to: 'finding', look: 'primary' },
    trace: {
      title: words('确定来源并派整改', 'Name the source and order measures'),
      from: ['finding'],
      to: 'rectifying',
      look: 'primary',
      form: Type.Object(
        {
          source: field.code(words('来源', 'Source'), SOURCES),
          finding: field.longText(words('查找情况', 'What was found'), { min: 1, max: 2000 }),
          responsible: Type.Optional(field.text(words('责任单位', 'Unit responsible'), { min: 0 })),
        },
        closed,
      ),
    },
    report: {
      title: words('上报整改结果', 'Report what was done'),
      from: ['rectifying'],
      to: 'checking',
      look: 'primary',
      evidence: 1,
      form: Type.Object(
        { measures: field.longText(words('整改措施和效果', 'What was done'), { min: 1, max: 4000 }) },
        closed,
      ),
    },
    accept: {
      title: words('复核通过', 'Accept'),
      from: ['checking'],
      to: 'waiting',
      who: CHECK,
      notBy: ['report', 'trace'],
      look: 'primary',
    },
    reject: {
      title: words('退回整改', 'Send back'),
      from: ['checking'],
      to: 'rectifying',
      who: CHECK,
      notBy: ['report', 'trace'],
      look: 'danger',
      form: Type.Object({ reason: field.longText(words('退回理由', 'Why'), { min: 1, max: 2000 }) }, closed),
    },
    'take-up': {
      title: words('仍然超标，重新整改', 'Still exceeds: take up again'),
      from: ['waiting'],
      to: 'rectifying',
      who: [CHECK, { right: 'air.exceedance.supervise' }],
      form: Type.Object({ reason: field.longText(words('理由', 'Why'), { min: 1, max: 2000 }) }, closed),
    },
    recovered: {
      title: words('站点恢复', 'The station shows it'),
      from: ['waiting'],
      to: 'closed',
      automatic: 'warning-cleared',
    },
    withdraw: {
      title: words('撤销', 'Withdraw'),
      from: '*',
      to: 'withdrawn',
      who: { right: 'air.exceedance.supervise' },
      notBy: ['report'],
      look: 'danger',
      form: Type.Object({ reason: field.longText(words('理由', 'Why'), { min: 1, max: 2000 }) }, closed),
    },
  },
  reopen: { within: '30d', to: 'rectifying' },
})

import type { Meta } from '../../declarations/meta.ts'
import type { Proposed } from '../release/propose.ts'

const words = (zh: string, en: string) => ({ zh, en })
const ecology = {
  name: words('泰安市生态环境局', "Tai'an Ecology and Environment Bureau"),
  mail: 'ecology@opendata.example',
}
const bureau = { name: words('泰安市大数据局', "Tai'an Big Data Bureau"), mail: 'data@opendata.example' }

const facts = {
  access: 'open',
  where: {},
  licence: 'cc-by-4.0',
  promise: 'IRREG',
  persons: false,
  exempt: {},
  sensitive: [],
} as const satisfies Partial<Meta>

/** What the demonstration city opens: facts without anybody in them. */
export const DEMO_RELEASES: readonly Proposed[] = [
  {
    id: 'air-stations',
    source: 'air.station',
    meta: {
      ...facts,
      title: words('环境空气监测站点', 'Ambient air stations'),
      about: words(
        '站点编码、名称、位置和所属区县；“回放演示站”为演示用虚拟点位',
        'Code, name, place and county of each station; replay stations are invented for demonstration',
      ),
      fields: ['code', 'name', 'nameEn', 'city', 'division', 'place', 'kind', 'status'],
      themes: ['ENVI'],
      keywords: ['空气', '监测站', 'air quality', 'stations'],
      promise: 'ANNUAL',
      contact: ecology,
      spatial: '370000',
      temporal: { from: '2018-01-01' },
    },
  },
  {
    id: 'air-hourly',
    source: 'air.hour',
    meta: {
      ...facts,
      title: words('环境空气逐时浓度', 'Hourly concentrations of ambient air'),
      about: words(
        '各站点六项污染物逐时发布值，时间为时段开始',
        'Published hourly values of six pollutants at each station, by the start of the hour',
      ),
      fields: ['device', 'channel', 'at', 'value'],
      themes: ['ENVI', 'HEAL'],
      keywords: ['空气', 'PM2.5', '臭氧', 'air quality'],
      promise: 'HOURLY',
      contact: ecology,
      spatial: '370000',
      temporal: { from: '2017-07-07' },
      time: 'at',
    },
  },
  {
    id: 'air-index',
    source: 'air.published-index',
    meta: {
      ...facts,
      title: words('空气质量指数发布值', 'Air quality index as published'),
      about: words(
        '主管部门发布的AQI、级别和首要污染物',
        'AQI, level and primary pollutant as the authority published them',
      ),
      fields: ['station', 'at', 'aqi', 'level', 'primary'],
      themes: ['ENVI'],
      keywords: ['AQI', '空气质量指数', 'air quality index'],
      contact: ecology,
      spatial: '370000',
      temporal: { from: '2017-07-07', to: '2018-02-20' },
      time: 'at',
    },
  },
  {
    id: 'air-daily',
    source: 'city.air-day',
    meta: {
      ...facts,
      title: words('国控站空气日值', 'Daily air values of national stations'),
      about: words(
        '山东省国控站 2017-04-11 六项污染物日值',
        'Six pollutants at the stations of Shandong on 11 April 2017',
      ),
      fields: ['code', 'date', 'so2', 'no2', 'co', 'o3', 'pm10', 'pm25'],
      themes: ['ENVI'],
      keywords: ['空气', '日均值', 'daily means'],
      contact: ecology,
      spatial: '370000',
      temporal: { from: '2017-04-11', to: '2017-04-11' },
      time: 'date',
    },
  },
  {
    id: 'divisions',
    source: 'city.division',
    meta: {
      ...facts,
      title: words('泰安市行政区划', "Divisions of Tai'an"),
      about: words(
        '县（市、区）、乡镇街道和村居的代码与名称（统计用区划 2023 版）',
        'Codes and names of counties, towns and villages, statistical edition of 2023',
      ),
      fields: ['code', 'name', 'nameEn', 'parent', 'level'],
      themes: ['REGI', 'GOVE'],
      keywords: ['行政区划', '村居', 'divisions'],
      promise: 'ANNUAL',
      contact: bureau,
      spatial: '370900',
      temporal: { from: '2023-01-01' },
    },
  },
  {
    id: 'government-bodies',
    source: 'city.government-body',
    meta: {
      ...facts,
      title: words('泰安市机关单位名录', "Government bodies of Tai'an"),
      about: words(
        '市级和县级机关单位的名称、简称和上级',
        'Names of the bodies of city and counties, and what is above them',
      ),
      fields: ['id', 'name', 'nameEn', 'short', 'kind', 'parent', 'division'],
      themes: ['GOVE'],
      keywords: ['机关单位', '名录', 'government'],
      promise: 'ANNUAL',
      contact: bureau,
      spatial: '370900',
      temporal: { from: '2025-09-03' },
    },
  },
  {
    id: 'industry-classes',
    source: 'city.industry-class',
    meta: {
      ...facts,
      title: words('国民经济行业分类代码', 'Codes of industries'),
      about: words(
        'GB/T 4754-2017 的门类、大类、中类和小类代码与名称',
        'Codes and names of GB/T 4754-2017, sections to classes',
      ),
      fields: ['code', 'level', 'parent', 'name'],
      licence: 'cc0-1.0',
      themes: ['ECON'],
      keywords: ['行业分类', 'GB/T 4754', 'industries'],
      contact: bureau,
      temporal: { from: '2017-10-01' },
    },
  },
  {
    id: 'licences',
    source: 'base.licence',
    meta: {
      ...facts,
      title: words('行政许可公示', 'Licences'),
      about: words(
        '行政审批部门颁发的许可证：名称、持证企业、发证机关和有效期',
        'Licences granted to firms: kind, holder, authority and validity',
      ),
      fields: ['licence', 'kind', 'name', 'code', 'authority', 'from', 'until'],
      themes: ['ECON', 'GOVE'],
      keywords: ['行政许可', '双公示', 'licences'],
      promise: 'WEEKLY',
      contact: bureau,
      spatial: '370900',
    },
  },
  {
    id: 'penalties',
    source: 'base.penalty',
    meta: {
      ...facts,
      title: words('行政处罚公示', 'Published penalties'),
      about: words('依法公示的对企业的行政处罚决定', 'Decisions of penalties against firms, published by law'),
      fields: ['decision', 'name', 'code', 'fact', 'fine', 'decidedOn', 'office'],
      themes: ['JUST', 'ECON'],
      keywords: ['行政处罚', '双公示', 'penalties'],
      promise: 'WEEKLY',
      contact: bureau,
      spatial: '370900',
    },
  },
  {
    id: 'environment-inspections',
    source: 'base.environment-inspection',
    meta: {
      ...facts,
      access: 'conditional',
      title: words('生态环境现场检查', 'Inspections of the environment'),
      about: words(
        '对企业生态环境现场检查的时间、结论和发现的问题',
        'When firms were inspected, with result and finding',
      ),
      fields: ['inspection', 'name', 'code', 'inspectedOn', 'result', 'finding'],
      themes: ['ENVI'],
      keywords: ['现场检查', 'inspections'],
      promise: 'MONTHLY',
      contact: ecology,
      spatial: '370900',
      time: 'inspectedOn',
    },
  },
]

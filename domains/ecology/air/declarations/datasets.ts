import { Type } from 'typebox'
import { dataset, field } from '#platform/registry'
import { words } from '#runtime'

export const STATION_KINDS = {
  national: words('国控站', 'National control station'),
  local: words('市县站', 'Local station'),
  replay: words('回放演示站', 'Replay station for demonstration'),
} as const

export const SCREENS = {
  'flat-line': words('长时间不变', 'Flat line'),
  'zero-run': words('连续零值', 'Zeros in a row'),
  jump: words('突变', 'Jump'),
  copy: words('曲线雷同', 'Copied curve'),
  'scaled-copy': words('曲线成比例', 'Scaled copy of a curve'),
  particles: words('PM2.5 大于 PM10', 'PM2.5 above PM10'),
} as const

export const stationDataset = dataset({
  id: 'air.station',
  title: words('环境空气监测站点', 'Ambient air stations'),
  about: words('站点编码、名称、位置和所属区县', 'Code, name, place and county of each station'),
  source: 'city.ecology',
  schema: Type.Object({
    code: field.text(words('站点编码', 'Station code'), {
      max: 20,
      pattern: '^[A-Za-z0-9][A-Za-z0-9-]*$',
      element: 'taian:air.station-code',
      aliases: ['监测点编码', '站点编号'],
    }),
    name: field.text(words('站点名称', 'Name'), { max: 60, aliases: ['监测点名称'] }),
    nameEn: Type.Optional(field.text(words('英文名称', 'English name'), { max: 120 })),
    city: field.text(words('所在城市', 'City'), { max: 40 }),
    division: field.division(words('所在区划', 'Division')),
    organisation: field.organisation(words('管理单位', 'Organisation that answers for it')),
    place: field.point(words('位置', 'Place')),
    kind: field.code(words('类别', 'Kind'), STATION_KINDS),
    status: field.code(words('状态', 'Status'), {
      'in-use': words('在用', 'In use'),
      repair: words('检修', 'Under repair'),
      retired: words('停用', 'Retired'),
    }),
  }),
  key: ['code'],
  level: 'public',
  sharing: 'unconditional',
  opening: 'open',
  retention: 'permanent',
  scope: { division: 'division', organisation: 'organisation' },
  writeRight: 'registry.write',
  list: { columns: ['code', 'name', 'city', 'division', 'kind', 'status'], sort: ['code'], search: ['code', 'name'] },
  storage: { table: 'air.station' },
})

export const hourDataset = dataset({
  id: 'air.hour',
  title: words('环境空气逐时值', 'Hourly values of ambient air'),
  about: words('六项污染物逐时浓度：原始、有效、发布分开保存', 'Hourly concentrations: raw, valid and published apart'),
  source: 'city.ecology',
  schema: Type.Object({
    device: field.reference(words('站点', 'Station'), 'air.station'),
    channel: field.text(words('污染物', 'Pollutant'), { max: 10 }),
    at: field.instant(words('时段开始', 'Start of the hour')),
    value: Type.Optional(field.decimal(words('浓度', 'Concentration'))),
  }),
  key: ['device', 'channel', 'at'],
  level: 'public',
  sharing: 'unconditional',
  opening: 'open',
  retention: 'permanent',
  storage: { series: 'air.hourly' },
})

export const publishedIndexDataset = dataset({
  id: 'air.published-index',
  title: words('主管部门发布的空气质量指数', 'Air quality index as the authority published it'),
  about: words(
    '同一站点同一小时由主管部门发布的AQI、级别和首要污染物，用来核对本系统的计算',
    'AQI, level and primary pollutant that the authority published for a station and hour, to check our own against',
  ),
  source: 'city.ecology',
  schema: Type.Object({
    station: field.reference(words('站点', 'Station'), 'air.station'),
    at: field.instant(words('发布时刻', 'Hour as published (its end)')),
    aqi: Type.Optional(field.integer(words('AQI', 'AQI'), { min: 0, max: 500 })),
    level: Type.Optional(field.text(words('级别', 'Level'), { max: 20 })),
    primary: Type.Optional(field.text(words('首要污染物', 'Primary pollutant'), { max: 100 })),
    values: field.json(
      words('发布的各列浓度', 'Concentrations as published'),
      Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()])),
    ),
  }),
  key: ['station', 'at'],
  level: 'public',
  sharing: 'unconditional',
  opening: 'open',
  retention: 'permanent',
  writeRight: 'registry.write',
  list: { columns: ['station', 'at', 'aqi', 'level', 'primary'], sort: ['at', 'station'] },
  storage: { table: 'air.published_index' },
})

export const findingDataset = dataset({
  id: 'air.finding',
  title: words('监测数据异常筛查结果', 'Findings of the screens'),
  about: words(
    '提示核查的时段和依据，不等于认定造假',
    'Stretches that ask for a check, with their evidence; no verdict',
  ),
  source: 'city.ecology',
  schema: Type.Object({
    id: field.text(words('编号', 'Id'), { max: 120 }),
    station: field.reference(words('站点', 'Station'), 'air.station'),
    division: field.division(words('所在区划', 'Division')),
    pollutant: field.text(words('污染物', 'Pollutant'), { max: 10 }),
    screen: field.code(words('筛查', 'Screen'), SCREENS),
    startsAt: field.instant(words('开始', 'From')),
    endsAt: field.instant(words('结束', 'To')),
    hours: field.integer(words('小时数', 'Hours'), { min: 1 }),
    state: field.code(words('状态', 'State'), {
      open: words('待核查', 'To be checked'),
      flagged: words('已认定异常', 'Confirmed'),
      dismissed: words('已排除', 'Dismissed'),
    }),
    evidence: field.json(words('依据', 'Evidence'), Type.Unknown()),
    loop: Type.Optional(field.text(words('事项', 'Matter'), { max: 40 })),
  }),
  key: ['id'],
  level: 'internal',
  sharing: 'conditional',
  opening: 'closed',
  retention: { years: 10 },
  scope: { division: 'division' },
  list: { columns: ['station', 'pollutant', 'screen', 'startsAt', 'hours', 'state'], sort: ['startsAt'] },
  storage: { table: 'air.finding' },
})

export const airDatasets = [stationDataset, hourDataset, publishedIndexDataset, findingDataset]

import type { Role } from '#platform/identity'
import { type AuditEvent, type Right, words } from '#runtime'

export const airRights: readonly Right[] = [
  { id: 'air.data.read', title: words('查看空气质量', 'See air quality') },
  { id: 'air.value.correct', title: words('更正监测值', 'Correct measurements') },
  { id: 'air.exceedance.read', title: words('查看超标处置', 'See how exceedances are handled') },
  { id: 'air.exceedance.handle', title: words('处置超标', 'Handle exceedances') },
  { id: 'air.exceedance.check', title: words('复核超标处置', 'Check how exceedances were handled') },
  { id: 'air.exceedance.supervise', title: words('督促和撤销超标处置', 'Supervise and withdraw exceedances') },
  { id: 'air.heavy-pollution.handle', title: words('重污染天气应急响应', 'Respond to heavy pollution') },
  { id: 'air.screen.answer', title: words('说明异常数据', 'Explain suspicious measurements') },
  { id: 'air.screen.verify', title: words('认定异常数据', 'Verify suspicious measurements') },
]

export const airAuditEvents: readonly AuditEvent[] = [
  { id: 'air.station.loaded', title: words('载入站点', 'Stations loaded'), kind: 'write' },
  { id: 'air.history.loaded', title: words('载入随产品的历史数据', 'Shipped history loaded'), kind: 'write' },
  { id: 'air.value.corrected', title: words('更正监测值', 'Measurement corrected'), kind: 'write' },
  { id: 'air.finding.opened', title: words('筛查发现异常', 'A screen found something'), kind: 'write' },
  { id: 'air.finding.decided', title: words('异常数据认定结果', 'Suspicious measurements decided'), kind: 'write' },
]

const reading = { 'air.data.read': 'city' } as const
const seeing = { 'sensing.series.read': 'city', 'sensing.device.read': 'city', 'indicators.read': 'city' } as const

/** Who does what: counties act on their own ground, the city's bureau on all of it, leaders look. */
export const airRoles: readonly Role[] = [
  {
    id: 'air.officer',
    title: words('区县大气处置员', 'Air officer of a county'),
    rights: {
      ...reading,
      ...seeing,
      'air.exceedance.read': 'subtree',
      'air.exceedance.handle': 'subtree',
      'air.screen.answer': 'subtree',
    },
    demoPosts: ['county.*.ecology.officer'],
  },
  {
    id: 'air.checker',
    title: words('区县大气复核员', 'Checker of a county'),
    rights: { ...reading, ...seeing, 'air.exceedance.read': 'subtree', 'air.exceedance.check': 'subtree' },
    demoPosts: ['county.*.ecology.checker'],
  },
  {
    id: 'air.bureau',
    title: words('市级大气管理员', 'Air officer of the city'),
    rights: {
      ...reading,
      ...seeing,
      'air.exceedance.read': 'city',
      'air.exceedance.supervise': 'city',
      'air.heavy-pollution.handle': 'city',
      'air.screen.verify': 'city',
      'air.value.correct': 'city',
      'sensing.readings.write': 'city',
    },
    demoPosts: ['city.ecology.officer', 'city.ecology.head'],
  },
  {
    id: 'air.reader',
    title: words('空气质量查看', 'Reader of air quality'),
    rights: { ...reading, ...seeing, 'air.exceedance.read': 'city' },
    demoPosts: ['city.government.leader', 'city.government-office.supervision', 'city.big-data.steward'],
  },
]

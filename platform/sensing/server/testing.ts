import { type Actor, defineModule, system, words } from '#runtime'
import type { Device, Reading } from '../contract.ts'
import type { SeriesKind } from '../series.ts'

export const HOUR_MS = 3_600_000
/** 2026-03-10 08:00 in Beijing. */
export const NOW = new Date('2026-03-10T00:00:00Z')

const channel = (id: string, max: number) => ({
  id,
  title: words(id, id),
  unit: 'ug/m3',
  decimals: 0,
  range: { min: 0, max },
})

const hourly: SeriesKind = {
  id: 'try.hourly',
  title: words('试验小时值', 'Hourly trial'),
  devices: 'try.station',
  channels: [channel('pm25', 1000), channel('o3', 500)],
  interval: 3600,
  accept: { ahead: 600, age: 400 * 86_400 },
  perMinute: 10,
  rollups: ['hour', 'day', 'month'],
  silence: 7200,
}

/** A system with one kind of series, as small as can be. */
export const trialModule = defineModule({
  id: 'try',
  title: words('试验', 'Trial'),
  about: words('只用于测试', 'For tests only'),
  needs: ['sensing'],
  folder: import.meta.dirname,
  series: [hourly],
})

export const station = (code: string, division = '370902', more: Partial<Device> = {}): Device => ({
  class: 'try.station',
  code,
  title: { zh: `站点${code}`, en: `Station ${code}` },
  division,
  organisation: 'city.ecology',
  point: { lng: 117.1, lat: 36.2 },
  status: 'in-use',
  properties: {},
  ...more,
})

export const reading = (device: string, channel: string, hoursBefore: number, value: number | null): Reading => ({
  device,
  channel,
  at: new Date(NOW.getTime() - hoursBefore * HOUR_MS),
  value,
})

export const collector: Actor = system('try.collector')

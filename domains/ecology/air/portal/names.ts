import type { Words } from '../../../../platform/runtime/words.ts'
import { POLLUTANT_FACTS } from '../pollutants.ts'
import type { Pollutant } from '../rules/types.ts'

const ORDER = ['pm25', 'pm10', 'so2', 'no2', 'co', 'o3'] as const satisfies readonly Pollutant[]

/** Pollutants in the order in which people read them. */
export const SHOWN: readonly Pollutant[] = ORDER

export const pollutantName = (id: string): Words => POLLUTANT_FACTS[id as Pollutant]?.title ?? { zh: id, en: id }
export const pollutantUnit = (id: string): string => POLLUTANT_FACTS[id as Pollutant]?.unit ?? ''

export const SCREEN_NAMES: Readonly<Record<string, Words>> = {
  'flat-line': { zh: '长时间不变', en: 'Flat line' },
  'zero-run': { zh: '连续零值', en: 'Zeros in a row' },
  jump: { zh: '突变', en: 'Jump' },
  copy: { zh: '曲线雷同', en: 'Copied curve' },
  'scaled-copy': { zh: '曲线成比例', en: 'Scaled copy' },
  particles: { zh: 'PM2.5 大于 PM10', en: 'PM2.5 above PM10' },
}

export const WARNING_NAMES: Readonly<Record<string, Words>> = {
  blue: { zh: '蓝色预警', en: 'Blue warning' },
  yellow: { zh: '黄色预警', en: 'Yellow warning' },
  orange: { zh: '橙色预警', en: 'Orange warning' },
  red: { zh: '红色预警', en: 'Red warning' },
}

export const KIND_NAMES: Readonly<Record<string, Words>> = {
  national: { zh: '国控站', en: 'National' },
  local: { zh: '市县站', en: 'Local' },
  replay: { zh: '回放演示', en: 'Replay' },
}

import type { Pollutant } from '../../rules/types.ts'

/** Names under which the national platform publishes primary pollutants. */
const PUBLISHED: Readonly<Record<string, Pollutant>> = {
  '细颗粒物(PM2.5)': 'pm25',
  '颗粒物(PM10)': 'pm10',
  臭氧1小时: 'o3',
  臭氧8小时: 'o3',
  二氧化硫: 'so2',
  二氧化氮: 'no2',
  一氧化碳: 'co',
}

/** Primary pollutants of a published text such as `细颗粒物(PM2.5),臭氧1小时`; null when a name is unknown; empty text = none. */
export function parsePublishedPrimary(text: string): Pollutant[] | null {
  const names = text
    .split(/[,，、]/)
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== '—' && name !== '-')
  const found = names.map((name) => PUBLISHED[name.replaceAll('（', '(').replaceAll('）', ')')])
  return found.every((name) => name !== undefined) ? found : null
}

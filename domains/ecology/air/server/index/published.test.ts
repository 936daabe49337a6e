import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { hj633v2012 } from '../../rules/hj633-2012.ts'
import { hj633v2026 } from '../../rules/hj633-2026.ts'
import type { Values } from '../../rules/types.ts'
import { hourlyIndex } from './air-index.ts'
import { explainDifference } from './explain-difference.ts'
import { parsePublishedPrimary } from './published-primary.ts'

const rows = parse(readFileSync('data/air-quality/snapshot-shandong.csv'), { columns: true }) as Record<
  string,
  string
>[]
const published = rows.filter((row) => row.aqi !== '')
const number = (cell: string | undefined): number | null => (cell === undefined || cell === '' ? null : Number(cell))

function valuesOf(row: Record<string, string>): Values {
  const { so2, no2, co, o3_1h: o3, pm10, pm25 } = row
  return { so2: number(so2), no2: number(no2), co: number(co), o3: number(o3), pm10: number(pm10), pm25: number(pm25) }
}

describe('every published hour of Shandong', () => {
  test('has the AQI, the level and the primary pollutants that the authority published', () => {
    expect(published).toHaveLength(143)
    for (const row of published) {
      const index = hourlyIndex(hj633v2012, valuesOf(row))
      expect(index.aqi, `${row.code} ${row.time}`).toBe(Number(row.aqi))
      expect(index.level?.title.zh).toBe(row.level)
      expect(index.primary.toSorted()).toEqual(parsePublishedPrimary(row.primary ?? '')?.toSorted())
    }
  })

  test('the rows without an index have no value to compute one from', () => {
    for (const row of rows.filter((item) => item.aqi === ''))
      expect(hourlyIndex(hj633v2012, valuesOf(row)).aqi).toBeNull()
  })
})

describe('explaining a difference', () => {
  test('with the ozone columns exchanged, 17 hours differ, and each is explained by the column', () => {
    const differing = published.map((row) => {
      const values = { ...valuesOf(row), o3: number(row.o3_1h_max_24h) }
      return explainDifference(hj633v2012, {
        values,
        aqi: Number(row.aqi),
        otherColumns: { o3: { o3_1h: number(row.o3_1h) } },
      })
    })
    const unequal = differing.filter(({ equal }) => !equal)
    expect(unequal).toHaveLength(17)
    for (const { causes } of unequal)
      expect(causes).toContainEqual(expect.objectContaining({ cause: 'column', by: 'o3_1h' }))
  })

  const clean = { so2: 10, no2: 20, co: 1, o3: 90, pm10: 60, pm25: 76 }

  test.each([
    ['equal', 102, []],
    ['rounding', 101, ['rounding']],
    ['left-out', 55, ['left-out', 'pollutant']],
    ['edition', 115, ['edition']],
    ['unexplained', 300, []],
  ])('%s', (_, aqi, causes) => {
    const difference = explainDifference(hj633v2012, { values: clean, aqi }, [hj633v2026])
    expect(difference.equal).toBe(aqi === 102)
    expect(difference.causes.map(({ cause }) => cause)).toEqual(causes)
  })

  test('an unknown published name is not read as none', () => {
    expect(parsePublishedPrimary('氡')).toBeNull()
    expect(parsePublishedPrimary('')).toEqual([])
    expect(parsePublishedPrimary('颗粒物（PM10）、臭氧8小时')).toEqual(['pm10', 'o3'])
  })
})

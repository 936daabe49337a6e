import { describe, expect, test } from 'vitest'
import { findPackAt, INDEX_PACKS } from '../../rules/packs.ts'
import { dailyIndex, hourlyIndex } from './air-index.ts'

describe.each(INDEX_PACKS.map((pack) => [pack.id, pack] as const))('vectors of %s', (_, pack) => {
  test.each(pack.vectors.map((vector) => [vector.title, vector] as const))('%s', (_title, { facts, expected }) => {
    const index = (facts.kind === 'hourly' ? hourlyIndex : dailyIndex)(pack, facts.values, facts.fallback)
    expect({ aqi: index.aqi, level: index.level?.level ?? null, primary: index.primary }).toEqual(expected)
    expect(index.pack).toEqual({ id: pack.id })
    expect(index.reason === null).toBe(index.aqi !== null)
  })
})

test('the edition follows the date', () => {
  expect(findPackAt(INDEX_PACKS, '2026-02-28T23:00:00+08:00')?.id).toBe('hj633-2012')
  expect(findPackAt(INDEX_PACKS, '2026-03-01')?.id).toBe('hj633-2026')
  expect(findPackAt(INDEX_PACKS, '1990-01-01')).toBeUndefined()
})

test('exceeding pollutants are all above 100, not only the primary one', () => {
  const [pack] = INDEX_PACKS
  const index = dailyIndex(pack, { so2: 10, no2: 100, co: 1, o3: 161, pm10: 150, pm25: 200 })
  expect(index.exceeding).toEqual(['no2', 'o3', 'pm25'])
  expect(index.primary).toEqual(['pm25'])
  expect(index.level).toMatchObject({ level: 5, title: { zh: '重度污染' }, rgb: [153, 0, 76] })
})

test('no value at all is NA with a reason, in both editions', () => {
  for (const pack of INDEX_PACKS) {
    expect(hourlyIndex(pack, {})).toMatchObject({ aqi: null, computed: null, level: null, primary: [] })
    expect(hourlyIndex(pack, {}).reason?.zh).toBe('没有可用的浓度值')
  }
})

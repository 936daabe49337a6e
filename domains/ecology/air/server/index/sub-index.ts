import type { Column, IndexPack, Pollutant, Title } from '../../rules/types.ts'
import { add, ceiling, divide, exact, type Fraction, multiply, roundHalfEven, subtract } from './decimal.ts'

export type SubIndexStatus =
  | 'computed'
  /** No value. */
  | 'missing'
  /** Negative or not a number: left out. */
  | 'invalid'
  /** Above the column: the pack's fixed sub-index. */
  | 'fixed'
  /** Above the column: computed from the pollutant's other period. */
  | 'other-column'
  /** Above the column, and the other period's value is not there: no sub-index. */
  | 'no-fallback'
  /** Above the last break point: the last sub-index. */
  | 'capped'

/** Sub-index [IAQI] of one pollutant with how it came about. */
export interface SubIndex {
  readonly pollutant: Pollutant
  /** Column that decided. */
  readonly column: Column
  /** Concentration rounded by GB/T 8170, µg/m³ (CO mg/m³); null when missing or invalid. */
  readonly value: number | null
  readonly iaqi: number | null
  readonly status: SubIndexStatus
  /** Break points around the value. */
  readonly band: { readonly concentration: readonly [number, number]; readonly iaqi: readonly [number, number] } | null
  readonly explanation: Title
}

/**
 * Sub-index of one pollutant: IAQI = (IH−IL)/(BH−BL)·(C−BL)+IL, rounded up (HJ 633, 4.2).
 * @param value concentration for the column's period (an hourly particle value on the 24 h column for the hourly report)
 * @param fallback concentration for the other column, where the pack sends values above the column there
 */
export function subIndex(
  pack: IndexPack,
  pollutant: Pollutant,
  column: Column,
  value: number | null | undefined,
  fallback?: number | null,
): SubIndex {
  const none = { pollutant, column, value: null, iaqi: null, band: null }
  if (value === null || value === undefined) {
    return { ...none, status: 'missing', explanation: { zh: '缺测', en: 'missing' } }
  }
  if (!Number.isFinite(value) || value < 0) {
    return { ...none, status: 'invalid', explanation: { zh: `无效值 ${value}`, en: `invalid value ${value}` } }
  }
  const { breakpoints, decimals } = pack.tables
  const rounded = roundHalfEven(value, decimals[pollutant])
  const at = breakpoints[column].findIndex((limit, index) => index > 0 && rounded <= limit)
  return at < 0 ? beyond(pack, pollutant, column, rounded, fallback) : within(pack, pollutant, column, rounded, at)
}

/** (IH−IL)/(BH−BL)·(C−BL)+IL, exact. */
export function interpolate(
  [low, high]: readonly [number, number],
  [indexLow, indexHigh]: readonly [number, number],
  value: number,
): Fraction {
  const slope = divide(exact(indexHigh - indexLow), subtract(exact(high), exact(low)))
  return add(multiply(slope, subtract(exact(value), exact(low))), exact(indexLow))
}

function within(pack: IndexPack, pollutant: Pollutant, column: Column, value: number, at: number): SubIndex {
  const { breakpoints, iaqi } = pack.tables
  const [low = 0, high = 0] = breakpoints[column].slice(at - 1, at + 1)
  const [indexLow = 0, indexHigh = 0] = iaqi.slice(at - 1, at + 1)
  const result = ceiling(interpolate([low, high], [indexLow, indexHigh], value))
  const formula = `(${indexHigh}−${indexLow})/(${high}−${low})×(${value}−${low})+${indexLow} → ${result}`
  return {
    pollutant,
    column,
    value,
    iaqi: result,
    status: 'computed',
    band: { concentration: [low, high], iaqi: [indexLow, indexHigh] },
    explanation: { zh: `${formula}，向上取整`, en: `${formula}, rounded up` },
  }
}

function beyond(
  pack: IndexPack,
  pollutant: Pollutant,
  column: Column,
  value: number,
  fallback?: number | null,
): SubIndex {
  const { beyond: rules, breakpoints, iaqi } = pack.tables
  const rule = rules[column]
  const top = breakpoints[column].at(-1) ?? 0
  const above: Title = {
    zh: `${value} 高于 ${column} 栏上限 ${top}`,
    en: `${value} is above the top of ${column}, ${top}`,
  }
  const base = { pollutant, column, value, band: null }
  if (rule?.rule === 'column') {
    const other = subIndex(pack, pollutant, rule.column, fallback)
    const explanation: Title = {
      zh: `${above.zh}，改按 ${rule.column}：${other.explanation.zh}`,
      en: `${above.en}; by ${rule.column}: ${other.explanation.en}`,
    }
    if (other.iaqi === null) return { ...base, iaqi: null, status: 'no-fallback', explanation }
    return { ...other, status: 'other-column', explanation }
  }
  const fixed = rule?.iaqi ?? iaqi.at(-1) ?? 0
  const explanation = { zh: `${above.zh}，分指数取 ${fixed}`, en: `${above.en}: sub-index ${fixed}` }
  return { ...base, iaqi: fixed, status: rule === undefined ? 'capped' : 'fixed', explanation }
}

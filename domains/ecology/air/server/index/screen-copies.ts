import type { ScreenPack } from '../../rules/air-screens.ts'
import { finding, type Run, runsOf } from './runs.ts'
import type { Finding, Series } from './screens-types.ts'

/** Stretches in which two stations report the same, varying values. Both series cover the same hours. */
export function copiedCurves(pack: ScreenPack, series: Series, other: Series): Finding[] {
  return copies(pack, series, other, 0)
}

/** Stretches that repeat the station's own values of a day, two days or a week before. */
export function repeatedCurves(pack: ScreenPack, series: Series): Finding[] {
  return pack.tables.copy.earlierHours.flatMap((lag) => copies(pack, series, series, lag))
}

function copies(pack: ScreenPack, series: Series, other: Series, lag: number): Finding[] {
  const { hours, distinct } = pack.tables.copy
  const equal = (at: number): boolean => {
    const value = series.values[at]
    return at >= lag && value !== null && value !== undefined && value === other.values[at - lag]
  }
  return runsOf(series.values.length, equal)
    .filter((run) => run.to - run.from >= hours && different(series.values, run) >= distinct)
    .map((run) => {
      const length = run.to - run.from
      const message =
        lag === 0
          ? { zh: `${length} 小时与 ${other.station} 逐时相同`, en: `${length} hours equal to ${other.station}` }
          : { zh: `${length} 小时与 ${lag} 小时前逐时相同`, en: `${length} hours equal to those ${lag} hours earlier` }
      return finding('copy', pack, series, run, hours, message, { series: other, lag })
    })
}

/**
 * Stretches in which one curve is a scaled or shifted copy of the other: correlation 1 although the values vary and differ.
 * Equal stretches are left to {@link copiedCurves}.
 */
export function scaledCopies(pack: ScreenPack, series: Series, other: Series): Finding[] {
  const { hours, distinct, correlation } = pack.tables.scaledCopy
  const hit = new Set<number>()
  for (let from = 0; from + hours <= series.values.length; from++) {
    const run = { from, to: from + hours }
    if (different(series.values, run) < distinct || different(other.values, run) < distinct) continue
    const [a, b] = [series.values.slice(run.from, run.to), other.values.slice(run.from, run.to)]
    if (a.every((value, at) => value === b[at])) continue
    if (correlationOf(a, b) >= correlation) for (let at = run.from; at < run.to; at++) hit.add(at)
  }
  const message = { zh: `与 ${other.station} 的曲线成比例`, en: `a scaled copy of the curve of ${other.station}` }
  return runsOf(series.values.length, (at) => hit.has(at)).map((run) =>
    finding('scaled-copy', pack, series, run, correlation, message, { series: other, lag: 0 }),
  )
}

function different(values: Series['values'], { from, to }: Run): number {
  return new Set(values.slice(from, to).filter((value) => value !== null)).size
}

/** Pearson's correlation; −1 when a value is missing or a curve does not vary, so that it never counts as a copy. */
function correlationOf(a: Series['values'], b: Series['values']): number {
  if (a.includes(null) || b.includes(null)) return -1
  const meanOf = (list: Series['values']): number =>
    list.reduce((all: number, value) => all + (value ?? 0), 0) / list.length
  const [meanA, meanB] = [meanOf(a), meanOf(b)]
  let [ab, aa, bb] = [0, 0, 0]
  a.forEach((value, at) => {
    const [da, db] = [(value ?? 0) - meanA, (b[at] ?? 0) - meanB]
    ab += da * db
    aa += da * da
    bb += db * db
  })
  return aa === 0 || bb === 0 ? -1 : ab / Math.sqrt(aa * bb)
}

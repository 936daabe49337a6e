import type { ScreenPack } from '../../rules/air-screens.ts'
import type { Title } from '../../rules/types.ts'
import type { Finding, ScreenId, Series } from './screens-types.ts'

/** A stretch [from, to) of hours. */
export interface Run {
  readonly from: number
  readonly to: number
}

/** Longest stretches in which every hour passes; `joins` may also ask that an hour continues the one before. */
export function runsOf(
  length: number,
  passes: (at: number) => boolean,
  joins: (at: number) => boolean = () => true,
): Run[] {
  const runs: Run[] = []
  let from = -1
  for (let at = 0; at <= length; at++) {
    const inside = at < length && passes(at)
    if (from >= 0 && (!inside || !joins(at))) {
      runs.push({ from, to: at })
      from = -1
    }
    if (inside && from < 0) from = at
  }
  return runs
}

/** Turns a stretch of a series into evidence. `other`: the series compared with, shifted by `lag` hours into the past. */
export function finding(
  screen: ScreenId,
  pack: ScreenPack,
  series: Series,
  run: Run,
  threshold: number,
  message: Title,
  other?: { series: Series; lag: number },
): Finding {
  const lag = other?.lag ?? 0
  return {
    screen,
    pack: { id: pack.id },
    station: series.station,
    pollutant: series.pollutant,
    from: series.times[run.from] ?? '',
    to: series.times[run.to - 1] ?? '',
    hours: run.to - run.from,
    values: series.values.slice(run.from, run.to),
    other: other
      ? {
          station: other.series.station,
          pollutant: other.series.pollutant,
          from: other.series.times[run.from - lag] ?? '',
          values: other.series.values.slice(run.from - lag, run.to - lag),
        }
      : null,
    threshold,
    message,
  }
}

import type { SeriesColumn } from '../contract.ts'

/**
 * At most about `points` points of a column, for drawing: of each stretch of equal length the least and the greatest
 * value, in order, so that no peak is lost, and a null where the stretch has nothing at all. Flags stay.
 */
export function downsample(column: SeriesColumn, points: number): SeriesColumn {
  const length = column.at.length
  if (length <= points) return column
  const stretches = Math.max(1, Math.floor(points / 2))
  const at: number[] = []
  const value: (number | null)[] = []
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * length) / stretches)
    const to = Math.floor(((stretch + 1) * length) / stretches)
    for (const i of extremes(column.value, from, to)) {
      at.push(column.at[i] ?? 0)
      value.push(column.value[i] ?? null)
    }
  }
  const { spread: _, ...kept } = column
  return { ...kept, at, value }
}

function extremes(value: SeriesColumn['value'], from: number, to: number): number[] {
  let least = -1
  let greatest = -1
  for (let i = from; i < to; i++) {
    const v = value[i] ?? null
    if (v === null) continue
    if (least < 0 || v < (value[least] ?? 0)) least = i
    if (greatest < 0 || v > (value[greatest] ?? 0)) greatest = i
  }
  if (least < 0) return [from]
  return least === greatest ? [least] : [Math.min(least, greatest), Math.max(least, greatest)]
}

import type { Indicator, Measured } from '#platform/indicators'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** How much of the past a trend shows. */
const SPAN: Readonly<Record<Indicator['period'], number>> = {
  hour: 2 * DAY,
  day: 30 * DAY,
  month: 730 * DAY,
  quarter: 1_460 * DAY,
  year: 3_650 * DAY,
}
/** Stretches that are tried, each that much longer than the trend. */
const WIDER = [1, 15, 225, 3_400]

/** Stretches that end now, from the trend's own to one that reaches back decades. */
export const windowsBack = (period: Indicator['period'], now: Date): { readonly from: Date; readonly to: Date }[] =>
  WIDER.map((times) => ({
    from: new Date(Math.max(0, now.getTime() - SPAN[period] * times)),
    to: new Date(now.getTime() + DAY),
  }))

/** The newest period that has any value. */
export const newestOf = (values: readonly Measured[]): string | undefined =>
  values.reduce<string | undefined>(
    (newest, { period, value }) => (value !== null && (!newest || period > newest) ? period : newest),
    undefined,
  )

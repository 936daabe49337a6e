/** Units of a term. `workingHour` runs in office hours only; half a working day is its morning or its afternoon. */
export type DurationUnit =
  | 'minute'
  | 'hour'
  | 'workingHour'
  | 'halfWorkingDay'
  | 'day'
  | 'workingDay'
  | 'month'
  | 'year'

/** A term as laws state it; `n` is a whole number above 0. */
export interface Duration {
  readonly n: number
  readonly unit: DurationUnit
}

const SHORT: Readonly<Record<DurationUnit, string>> = {
  minute: 'min',
  hour: 'h',
  workingHour: 'wh',
  halfWorkingDay: 'hwd',
  day: 'd',
  workingDay: 'wd',
  month: 'm',
  year: 'y',
}
const UNITS = new Map(Object.entries(SHORT).map(([unit, short]) => [short, unit as DurationUnit]))

/**
 * Reads the short form: `30min`, `2h`, `4wh`, `1hwd`, `20d`, `5wd`, `3m`, `1y`.
 * @throws RangeError for anything else.
 */
export function parseDuration(text: string): Duration {
  const [, digits, short] = /^([1-9]\d{0,5})([a-z]+)$/.exec(text) ?? []
  const unit = UNITS.get(short ?? '')
  if (!unit) throw new RangeError(`"${text}" is not a term: write 30min, 2h, 4wh, 1hwd, 20d, 5wd, 3m or 1y`)
  return { n: Number(digits), unit }
}

/** The short form, which `parseDuration` reads. */
export function formatDuration({ n, unit }: Duration): string {
  return `${n}${SHORT[unit]}`
}

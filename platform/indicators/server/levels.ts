import type { Indicator, WarningLevel, WarningRule } from '../indicator.ts'

/** From the mildest to the gravest. */
export const LEVELS = ['blue', 'yellow', 'orange', 'red'] as const
export const gravity = (level: WarningLevel['level']): number => LEVELS.indexOf(level)

/** Whether a value is at or past a threshold on the bad side. */
export const isPast = (better: Indicator['better'], value: number, { threshold }: WarningLevel): boolean =>
  better === 'higher' ? value <= threshold : value >= threshold

/** How many of the newest periods a rule has to see. */
export const periodsNeeded = ({ levels, clearAfter = 1 }: WarningRule): number =>
  Math.max(clearAfter, ...levels.map(({ periods }) => periods))

import { termOf } from '../../../../rules/term.ts'

/** A term as BPMN writes it (ISO 8601); working days and hours count as plain ones, which is all that it knows. */
export function isoOf(term: string): string | undefined {
  const { n, unit } = termOf(term) ?? {}
  if (n === undefined) return undefined
  if (unit === 'min') return `PT${n}M`
  if (unit === 'h' || unit === 'wh') return `PT${n}H`
  if (unit === 'hwd') return `PT${n * 12}H`
  return `P${n}${unit === 'm' ? 'M' : unit === 'y' ? 'Y' : 'D'}`
}

/** The way back: `P5D` → `5d`, `P1DT12H` → `36h`; undefined for what is no term of a whole number. */
export function termOfIso(text: string): string | undefined {
  const found = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(text.trim())
  if (!found) return undefined
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0] = found.slice(1).map((n) => Number(n ?? 0))
  if (years + months > 0) return months > 0 ? `${years * 12 + months}m` : `${years}y`
  const allDays = weeks * 7 + days
  if (minutes > 0) return `${(allDays * 24 + hours) * 60 + minutes}min`
  if (hours > 0) return `${allDays * 24 + hours}h`
  return allDays > 0 ? `${allDays}d` : undefined
}

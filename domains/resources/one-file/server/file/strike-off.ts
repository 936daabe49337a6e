import { rules } from '#platform/rules'
import type { App, Words } from '#runtime'
import type { Part } from '../../declarations/readings.ts'
import { textOf } from '../run/read-part.ts'

type Values = Readonly<Record<string, unknown>>

/** The end of a registration. */
export interface StrikeOff {
  readonly on: string
  readonly reason: Words
  readonly isDeath: boolean
}

/** Why a row says that its registration ended; undefined if it has not, or where a row is no registration. */
export function findStrikeOff(app: App, at: Date, part: Part, values: Values): StrikeOff | undefined {
  if (part.kind !== 'person' || part.endedFor === undefined) return undefined
  const on = textOf(values, part.fields.struckOff)
  if (on === undefined) return undefined
  const reason = textOf(values, part.endedFor) ?? ''
  const { result } = app.use(rules).evaluate('one-file.strike-off', { reason }, { at })
  return { on, ...(result as Omit<StrikeOff, 'on'>) }
}

/** A field of a row as text. The day on which a registration ended is that of a death or of another end, by its reason. */
export function fieldText(app: App, at: Date, part: Part, values: Values, field: string): string | undefined {
  const text = textOf(values, (part.fields as Readonly<Partial<Record<string, string>>>)[field])
  if (field !== 'diedOn' && field !== 'struckOff') return text
  const end = findStrikeOff(app, at, part, values)
  return end && end.isDeath !== (field === 'diedOn') ? undefined : text
}

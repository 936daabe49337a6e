import type { FirmField, Part, PersonField } from '../../declarations/readings.ts'
import type { FirmFacts } from '../matching/firms/records.ts'
import type { PersonFacts } from '../matching/people/intake.ts'

type Values = Readonly<Record<string, unknown>>
type PersonPart = Extract<Part, { kind: 'person' }>
type FirmPart = Extract<Part, { kind: 'firm' }>

/** The value of a field as text; undefined if the row has none. */
export function textOf(values: Values, field: string | undefined): string | undefined {
  const value = field === undefined ? undefined : values[field]
  return value === undefined || value === null || value === '' ? undefined : String(value)
}

/** Whether a row names the one of this part at all, and well enough to find out who it is. */
export function isNamed(part: Part, values: Values): boolean {
  if (part.only && values[part.only.field] !== part.only.is) return false
  const has = (field: PersonField | FirmField) =>
    textOf(values, (part.fields as Partial<Record<string, string>>)[field]) !== undefined
  if (part.kind === 'firm') return has('code') || has('name')
  return has('name') && (has('number') || has('bornOn') || has('phone') || has('address'))
}

/** What a row tells of a person, for the matching. */
export function personFacts(part: PersonPart, values: Values): PersonFacts {
  const of = (field: PersonField) => textOf(values, part.fields[field])
  return {
    name: of('name') ?? '',
    formerName: of('formerName'),
    number: part.numberSigns === undefined ? of('number') : of('number')?.slice(0, part.numberSigns),
    bornOn: of('bornOn'),
    sex: of('sex'),
    phone: of('phone'),
    address: of('address'),
    household: of('household'),
    kin: (part.kin ?? []).flatMap((field) => textOf(values, field) ?? []),
  }
}

export function firmFacts(part: FirmPart, values: Values): FirmFacts {
  const of = (field: FirmField) => textOf(values, part.fields[field])
  return {
    name: of('name') ?? '',
    formerName: of('formerName'),
    code: of('code'),
    phone: of('phone'),
    address: of('address'),
  }
}

/** Fields of a row that the matching needs. */
export const fieldsOf = (parts: readonly Part[]): string[] => [
  ...new Set(
    parts.flatMap((part) => [
      ...Object.values(part.fields),
      ...(part.kind === 'person' ? (part.kin ?? []) : []),
      ...(part.only ? [part.only.field] : []),
    ]),
  ),
]

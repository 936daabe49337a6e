import type { CodeListEdition } from '#platform/registry'
import type { Element } from '../declarations/datasets.ts'

const SHAPES: Readonly<Record<Element['kind'], object>> = {
  text: { type: 'string' },
  longText: { type: 'string' },
  integer: { type: 'integer' },
  decimal: { type: 'number' },
  date: { type: 'string', format: 'date' },
  code: { type: 'string' },
  identity: { type: 'string', pattern: '^\\d{17}[\\dX]$' },
  uscc: { type: 'string', pattern: '^[0-9A-HJ-NP-RTUWXY]{18}$' },
  phone: { type: 'string', pattern: '^[+\\d][\\d-]{5,19}$' },
  division: { type: 'string', pattern: '^\\d{2}(\\d{2}(\\d{2}(\\d{3}(\\d{3})?)?)?)?$' },
}

/** An element as JSON Schema [draft 2020-12], for those who build forms and checks of their own. */
export const jsonSchemaOf = (element: Element, codes: CodeListEdition | undefined): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:${element.id}:${element.edition}`,
  title: element.title,
  description: element.definition,
  ...(element.state === 'retired' ? { deprecated: true } : {}),
  ...SHAPES[element.kind],
  ...(element.max !== undefined && (element.kind === 'text' || element.kind === 'longText')
    ? { maxLength: element.max }
    : {}),
  ...(codes ? { oneOf: Object.entries(codes.codes).map(([code, { zh }]) => ({ const: code, title: zh })) } : {}),
})

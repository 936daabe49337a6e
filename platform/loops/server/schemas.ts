import { Type } from 'typebox'

/** Parts of the API's answers. */
export const wordsSchema = Type.Object({ zh: Type.String(), en: Type.String() })
export const lightSchema = Type.Union([
  Type.Literal('green'),
  Type.Literal('yellow'),
  Type.Literal('red'),
  Type.Literal('grey'),
])
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
export const textOrNull = nullable(Type.String())

/** A matter in a list. */
export const itemSchema = Type.Object({
  id: Type.String(),
  definition: Type.String(),
  definitionTitle: wordsSchema,
  headline: wordsSchema,
  place: Type.String(),
  placeTitle: wordsSchema,
  division: textOrNull,
  revision: Type.Integer(),
  openedAt: Type.String(),
  endedAt: textOrNull,
  outcome: textOrNull,
  due: textOrNull,
  light: lightSchema,
  remaining: nullable(wordsSchema),
  supervised: Type.Boolean(),
  /** Since when it is in this list. */
  since: Type.String(),
  /** Name of the person of the post who signed for it. */
  signedBy: textOrNull,
  /** Of the share of a joint unit: the organisation. */
  unit: textOrNull,
})

export const itemExample = {
  id: '1024',
  definition: 'air.exceedance',
  definitionTitle: { zh: '空气超标处置', en: 'Air exceedance' },
  headline: { zh: '人口学校：重度污染', en: 'Renkou School: heavy pollution' },
  place: 'handling',
  placeTitle: { zh: '处置中', en: 'In hand' },
  division: '370902',
  revision: 2,
  openedAt: '2026-03-02T02:10:00.000Z',
  endedAt: null,
  outcome: null,
  due: '2026-03-03T02:10:00.000Z',
  light: 'green',
  remaining: { zh: '还剩20小时', en: '20 hours left' },
  supervised: false,
  since: '2026-03-02T02:12:00.000Z',
  signedBy: null,
  unit: null,
}

/** Filters that all lists share. */
export const filterSchema = {
  definition: Type.Optional(Type.String({ maxLength: 100 })),
  light: Type.Optional(lightSchema),
  division: Type.Optional(Type.String({ pattern: '^[0-9a-z.-]{2,40}$' })),
  text: Type.Optional(Type.String({ maxLength: 100 })),
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
}

export interface Filter {
  readonly definition?: string
  readonly light?: 'green' | 'yellow' | 'red' | 'grey'
  readonly division?: string
  readonly text?: string
  readonly after?: string
  readonly limit?: number
}

/** A place in a list that survives new rows: the sort values of the last row. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

/** Undefined for none or an unreadable one: the list then begins at its start. */
export function decodeCursor(text: string | undefined): readonly [string, number] | undefined {
  if (!text) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (Array.isArray(values) && typeof values[0] === 'string' && typeof values[1] === 'number')
      return [values[0], values[1]]
  } catch {
    // not one of ours
  }
  return undefined
}

import { type TObject, Type } from 'typebox'
import { fieldMeta } from '#platform/registry'
import { localTimeAt, type Words, type Work, words } from '#runtime'
import { MATTER } from '../generic-actions.ts'
import { isWords } from '../headline.ts'
import { type Engine, people } from './engine.ts'
import { wordsSchema } from './schemas.ts'

/** A field as a reader sees it: its title and its value in words. */
export interface ShownField {
  readonly name: string
  readonly title: Words
  readonly value: Words
  /** Number of the matter that the value names. */
  readonly matter?: string
}

export const shownFieldSchema = Type.Object({
  name: Type.String(),
  title: wordsSchema,
  value: wordsSchema,
  matter: Type.Optional(Type.String()),
})

type Values = Readonly<Record<string, unknown>>

/** The filled fields of a form or of a matter's data, in the order of the schema. */
export async function shownFields(engine: Engine, work: Work, schema: TObject, values: Values): Promise<ShownField[]> {
  const shown: ShownField[] = []
  for (const [name, field] of Object.entries(schema.properties)) {
    const value = values[name]
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue
    const meta = fieldMeta(field)
    if (meta?.internal) continue
    shown.push({
      name,
      title: meta?.title ?? words(name, name),
      value: await inWords(engine, work, field, value),
      ...(meta?.dataset === MATTER ? { matter: String(value) } : {}),
    })
  }
  return shown
}

async function inWords(engine: Engine, work: Work, schema: object, value: unknown): Promise<Words> {
  if (Array.isArray(value)) {
    const { items } = schema as { readonly items?: object }
    const each = items && ('daizong' in items || 'anyOf' in items) ? items : schema
    const all = await Promise.all(value.map((one) => inWords(engine, work, each, one)))
    return words(all.map(({ zh }) => zh).join('、'), all.map(({ en }) => en).join(', '))
  }
  if (isWords(value)) return value
  if (typeof value === 'boolean') return value ? words('是', 'Yes') : words('否', 'No')
  const choices = (schema as { readonly anyOf?: readonly { const: unknown; words?: Words }[] }).anyOf
  const choice = choices?.find((one) => one.const === value)?.words
  if (choice) return choice
  const kind = (schema as { readonly daizong?: { readonly kind: string } }).daizong?.kind
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (kind === 'instant') return words(localTimeAt(new Date(text)), localTimeAt(new Date(text)))
  if (kind === 'division') return (await people(engine).divisionNames([text], work.tx)).get(text) ?? words(text, text)
  if (kind === 'organisation') return (await people(engine).organisation(text, work.tx))?.name ?? words(text, text)
  if (/^post:/.test(text)) return (await people(engine).post(text.slice(5), work.tx))?.title ?? words(text, text)
  return words(text, text)
}

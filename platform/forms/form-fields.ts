import type { FieldKind, FieldMeta } from '../registry/fields.ts'
import type { Words } from '../runtime/words.ts'

/** The part of a JSON Schema that forms read; a TypeBox schema fits, and so does one stored as JSON. */
export interface FormSchema {
  readonly type?: unknown
  readonly title?: string
  readonly daizong?: FieldMeta
  readonly properties?: Readonly<Record<string, FormSchema>>
  readonly required?: readonly string[]
  readonly items?: FormSchema
  readonly anyOf?: readonly { readonly const?: unknown; readonly title?: string; readonly words?: Words }[]
  readonly default?: unknown
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly maxItems?: number
}

export interface Choice {
  readonly value: string
  readonly title: Words
}

/** How a field is drawn: its kind, or several of one kind. */
export type FormKind = FieldKind | 'organisations'

/** A field as a form or a read-only view shows it. */
export interface FormField {
  readonly name: string
  readonly kind: FormKind
  readonly title: Words
  readonly help?: Words
  readonly unit?: string
  readonly required: boolean
  /** Choices of a code field that brings its own. */
  readonly choices?: readonly Choice[]
  readonly meta?: FieldMeta
  readonly schema: FormSchema
}

/** The fields of an object schema, in the order in which they were declared. */
export function formFields(schema: FormSchema): readonly FormField[] {
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).map(([name, property]) => fieldOf(name, property, required.has(name)))
}

function fieldOf(name: string, schema: FormSchema, required: boolean): FormField {
  const meta = schema.daizong
  const title = meta?.title ?? { zh: schema.title ?? name, en: schema.title ?? name }
  const choices = schema.anyOf?.filter((branch) => branch.const !== undefined).map(choiceOf)
  return {
    name,
    kind: schema.items?.daizong?.kind === 'organisation' ? 'organisations' : (meta?.kind ?? guessed(schema)),
    title,
    required,
    schema,
    ...(meta ? { meta } : {}),
    ...(meta?.help ? { help: meta.help } : {}),
    ...(meta?.unit && meta.unit !== '1' ? { unit: meta.unit } : {}),
    ...(choices && choices.length > 0 ? { choices } : {}),
  }
}

const choiceOf = (branch: { readonly const?: unknown; readonly title?: string; readonly words?: Words }): Choice => {
  const value = String(branch.const)
  return { value, title: branch.words ?? { zh: branch.title ?? value, en: branch.title ?? value } }
}

/** For schemas that were not made by `field`. */
function guessed(schema: FormSchema): FieldKind {
  if (schema.anyOf) return 'code'
  if (schema.type === 'string') return 'text'
  if (schema.type === 'integer') return 'integer'
  if (schema.type === 'number') return 'decimal'
  if (schema.type === 'boolean') return 'boolean'
  return 'json'
}

/** What a form sends: empty fields are left out, so that "required" and "optional" mean what they say. */
export function withoutEmpty(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isGiven = (entry: unknown) => entry !== undefined && entry !== null && entry !== ''
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, entry]) => [name, typeof entry === 'string' ? entry.trim() : entry])
      .filter(([, entry]) => isGiven(entry)),
  )
}

import { type FormField, type FormSchema, formFields } from '#portal/forms'
import { field } from '../../../../registry/fields.ts'
import type { Words } from '../../../../runtime/words.ts'
import { freshName } from './edit.ts'

/** Kinds of fields that are made in the editor; others that a definition has are kept as they are. */
export const KINDS = {
  text: { zh: '一行文字', en: 'Line of text' },
  longText: { zh: '多行文字', en: 'Several lines' },
  integer: { zh: '整数', en: 'Whole number' },
  decimal: { zh: '小数', en: 'Number' },
  date: { zh: '日期', en: 'Date' },
  boolean: { zh: '是或否', en: 'Yes or no' },
  code: { zh: '选项', en: 'Choice' },
  organisation: { zh: '一个单位', en: 'One organisation' },
  organisations: { zh: '多个单位', en: 'Several organisations' },
  division: { zh: '区划', en: 'Area' },
  files: { zh: '文件', en: 'Files' },
} as const satisfies Readonly<Record<string, Words>>

export type BuilderKind = keyof typeof KINDS
export const isBuilderKind = (kind: string): kind is BuilderKind => kind in KINDS

/** Fields that name organisations: joint handling and assignees by organisation choose among them, and keep one that a module named. */
export const unitFields = (form: FormSchema, named?: string): readonly FormField[] =>
  formFields(form).filter(({ kind, name }) => kind === 'organisation' || kind === 'organisations' || name === named)

/** What the list of fields shows and changes. */
export interface FieldPatch {
  readonly title?: Words
  readonly kind?: BuilderKind
  readonly required?: boolean
  /** Choices by code. */
  readonly choices?: Readonly<Record<string, Words>>
}

export const FIRST_CHOICES: Readonly<Record<string, Words>> = {
  c1: { zh: '选项一', en: 'First' },
  c2: { zh: '选项二', en: 'Second' },
}

export function made(kind: BuilderKind, title: Words, choices = FIRST_CHOICES): FormSchema {
  if (kind === 'code') return field.code(title, choices) as FormSchema
  return field[kind](title) as FormSchema
}

/** A form with one more field at its end. */
export function addField(form: FormSchema, kind: BuilderKind, title: Words): FormSchema {
  const name = freshName(form.properties ?? {}, 'field')
  return withProperties(form, { ...form.properties, [name]: made(kind, title) }, [...(form.required ?? []), name])
}

export function changeField(form: FormSchema, name: string, patch: FieldPatch): FormSchema {
  const before = form.properties?.[name]
  const shown = formFields(form).find((one) => one.name === name)
  if (!before || !shown) return form
  const required = patch.required === undefined ? (form.required ?? []) : marked(form, name, patch.required)
  return withProperties(form, { ...form.properties, [name]: changed(before, shown, patch) }, required)
}

function changed(before: FormSchema, shown: FormField, { title, kind, choices }: FieldPatch): FormSchema {
  const words = title ?? shown.title
  if (kind && kind !== shown.kind) return made(kind, words)
  const titled: FormSchema = before.daizong
    ? { ...before, title: words.zh, daizong: { ...before.daizong, title: words } }
    : { ...before, title: words.zh }
  const { anyOf } = choices ? made('code', words, choices) : titled
  return anyOf ? { ...titled, anyOf } : titled
}

export function removeField(form: FormSchema, name: string): FormSchema {
  const rest = Object.entries(form.properties ?? {}).filter(([other]) => other !== name)
  return withProperties(form, Object.fromEntries(rest), marked(form, name, false))
}

/** Moves a field up (-1) or down (1). */
export function moveField(form: FormSchema, name: string, by: -1 | 1): FormSchema {
  const all = Object.entries(form.properties ?? {})
  const from = all.findIndex(([other]) => other === name)
  const [one] = all.splice(from, 1)
  if (!one || from + by < 0 || from + by > all.length) return form
  all.splice(from + by, 0, one)
  return withProperties(form, Object.fromEntries(all), form.required ?? [])
}

const marked = (form: FormSchema, name: string, isRequired: boolean): readonly string[] => [
  ...(form.required ?? []).filter((other) => other !== name),
  ...(isRequired ? [name] : []),
]

const withProperties = (
  form: FormSchema,
  properties: Readonly<Record<string, FormSchema>>,
  required: readonly string[],
): FormSchema => ({ ...form, type: 'object', properties, required })

/** Title of a field in one language, for the templates that people write. */
const label = (one: FormField, language: keyof Words) => one.title[language].replaceAll(/[{}]/g, '')

/** `{field1}` as people read it: `{事由}`. */
export const readable = (template: string, form: FormSchema, language: keyof Words): string =>
  replaced(
    template,
    (hole) => formFields(form).find(({ name }) => name === hole),
    (one) => label(one, language),
  )

/** The way back; what names no field stays as it was typed. */
export const stored = (text: string, form: FormSchema, language: keyof Words): string =>
  replaced(
    text,
    (hole) => formFields(form).find((one) => label(one, language) === hole),
    (one) => one.name,
  )

const replaced = (
  text: string,
  find: (hole: string) => FormField | undefined,
  shown: (one: FormField) => string,
): string =>
  text.replace(/\{([^{}]*)\}/g, (all, hole: string) => {
    const one = find(hole)
    return one ? `{${shown(one)}}` : all
  })

import type { TSchema } from 'typebox'
import { type FieldMeta, fieldMeta } from '#platform/registry'
import type { Language, Words } from '#runtime'
import type { LoopDefinition } from './definition.ts'

const HOLE = /\{([^{}]+)\}/g

/** Names of the fields that a template shows. */
export const placeholders = (template: string): string[] => [...template.matchAll(HOLE)].map(([, name]) => name ?? '')

/** An instance's title in both languages; personal fields masked, codes by their words. */
export function headlineOf(definition: LoopDefinition, data: Readonly<Record<string, unknown>>): Words {
  const fill = (language: Language) =>
    definition.headline[language]
      .replace(HOLE, (_, name: string) => shown(definition.data.properties[name], data[name], language))
      .slice(0, 300)
  return { zh: fill('zh'), en: fill('en') }
}

function shown(schema: TSchema | undefined, value: unknown, language: Language): string {
  if (value === undefined || value === null) return ''
  const meta = schema && fieldMeta(schema)
  if (meta?.personal || meta?.mask) return masked(String(value), meta)
  if (isWords(value)) return value[language]
  const choices = (schema as { anyOf?: { const: unknown; words?: Words }[] } | undefined)?.anyOf
  return choices?.find((choice) => choice.const === value)?.words?.[language] ?? String(value)
}

/** A pair of words of the product, e.g. the title of a dataset. */
export const isWords = (value: unknown): value is Words =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

/** A name keeps its first character; anything else that is personal is not shown. */
const masked = (text: string, meta: FieldMeta): string => (meta.mask === 'name' ? `${text.slice(0, 1)}**` : '***')

/** The page of the module about a matter. */
export const pageOf = (
  { page }: LoopDefinition,
  id: number,
  data: Readonly<Record<string, unknown>>,
): { readonly title: Words; readonly path: string } | null =>
  page
    ? {
        title: page.title,
        path: page.path.replace(HOLE, (_, name: string) => encodeURIComponent(String(name === 'id' ? id : data[name]))),
      }
    : null

/** Both languages in one line, for searching. */
export const lineOf = (zh: string, en: string): string => (zh === en ? zh : `${zh} ${en}`)

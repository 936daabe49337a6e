import { type TSchema, Type } from 'typebox'
import { type AnyDataset, codeLists, dataset, field, type Suggestion, suggestFields } from '#platform/registry'
import { type App, type Words, words } from '#runtime'
import type { Element } from '../declarations/datasets.ts'

const given = <K extends string, V>(name: K, value: V | undefined) => (value === undefined ? {} : { [name]: value })

function fieldOf({ title, titleEn, kind, max, codes, synonyms }: Element): TSchema {
  const both: Words = words(title, titleEn)
  const options = { ...given('max', max), aliases: synonyms }
  if (kind === 'code') return codes ? field.codeOf(both, codes, { aliases: synonyms }) : field.text(both, options)
  return field[kind](both, kind === 'text' || kind === 'longText' ? options : { aliases: synonyms })
}

/** The elements as the fields of one dataset, so that columns are suggested for them as for any import. */
const asDataset = (elements: readonly Element[]): AnyDataset =>
  dataset({
    id: 'standards.elements-in-force',
    title: words('数据元', 'Elements'),
    about: words('有效的数据元', 'Elements in force'),
    source: 'city.big-data',
    schema: Type.Object(Object.fromEntries(elements.map((element) => [element.id, fieldOf(element)]))),
    key: [],
    level: 'public',
    sharing: 'none',
    opening: 'closed',
    retention: 'permanent',
  }) as AnyDataset

/** For each column (its title and some values) the elements it may be, best first, with reasons. */
export function suggestElements(
  app: App,
  elements: readonly Element[],
  columns: readonly { readonly title: string; readonly values: readonly string[] }[],
): Suggestion[][] {
  const lists = app.use(codeLists)
  const codesOf = (list: string) => lists.all().find(({ id }) => id === list)?.codes ?? {}
  const inForce = elements.filter(({ state }) => state === 'in-force')
  return suggestFields(columns, asDataset(inForce), codesOf)
}

import { type TObject, Type } from 'typebox'
import { type AnyDataset, type Dataset, dataset, fieldMeta } from '#platform/registry'

/**
 * A table of facts that one department hands over. `file` is the name under which the demonstration's departments do
 * (`tools/city`); a real city maps its own files on the same table.
 */
export interface Table {
  readonly dataset: AnyDataset
  readonly file: string
}

type Own<S extends TObject> = Omit<Dataset<S>, 'level' | 'sharing' | 'opening' | 'retention'> &
  Partial<Dataset<S>> & {
    /** Which data element of the standard sets a field is of, without the prefix `taian:`. */
    readonly elements: { readonly [F in keyof S['properties']]?: string }
  }

/** What says something of people: shared for a purpose, never open. */
export const ofPeople = <S extends TObject>(file: string, { elements, ...own }: Own<S>) => ({
  file,
  dataset: dataset<S>({
    level: 'sensitive',
    sharing: 'conditional',
    opening: 'closed',
    retention: 'permanent',
    writeRight: 'registry.write',
    ...own,
    schema: withElements(own.schema, elements),
  }),
})

/** What says something of firms: shared between departments; open where the law has it published. */
export const ofFirms = <S extends TObject>(file: string, { elements, ...own }: Own<S>) => ({
  file,
  dataset: dataset<S>({
    level: 'internal',
    sharing: 'unconditional',
    opening: 'closed',
    retention: 'permanent',
    writeRight: 'registry.write',
    ...own,
    schema: withElements(own.schema, elements),
  }),
})

/** The same fields, each telling its element. */
function withElements<S extends TObject>(schema: S, elements: Readonly<Record<string, string | undefined>>): S {
  const properties = Object.fromEntries(
    Object.entries(schema.properties).map(([name, each]) => {
      const element = elements[name]
      return [name, element ? { ...each, daizong: { ...fieldMeta(each), element: `taian:${element}` } } : each]
    }),
  )
  return { ...Type.Object(properties), required: schema.required } as unknown as S
}

import { type AnyDataset, datasetDirectory, type FieldMeta } from '#platform/registry'
import type { App, Words, Work } from '#runtime'
import { allMappings } from './elements.ts'

/** A field of a dataset, and the element that it is of. */
export interface Use {
  readonly dataset: string
  readonly datasetTitle: Words
  /** Organisation that answers for the dataset. */
  readonly source: string
  readonly field: string
  readonly meta: FieldMeta
  readonly max: number | undefined
  readonly element: string | undefined
}

/** Every field of every dataset with its element: said where the dataset is declared, or agreed to by a person. */
export async function usesOf(app: App, work: Work): Promise<Use[]> {
  const agreed = new Map(
    (await allMappings(app, work)).map(({ dataset, field, element }) => [`${dataset} ${field}`, element]),
  )
  const directory = app.use(datasetDirectory)
  return directory.all().flatMap((dataset) =>
    directory.fields(dataset).map(({ name, meta }) => ({
      dataset: dataset.id,
      datasetTitle: dataset.title,
      source: dataset.source,
      field: name,
      meta,
      max: longestOf(dataset, name),
      element: meta.element ?? agreed.get(`${dataset.id} ${name}`),
    })),
  )
}

const longestOf = ({ schema }: AnyDataset, field: string): number | undefined =>
  (schema.properties as Readonly<Record<string, { readonly maxLength?: number }>>)[field]?.maxLength

import { type AnyDataset, datasetExtracts, type FieldMeta, fieldMeta } from '#platform/registry'
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
  return app
    .use(datasetExtracts)
    .all()
    .flatMap(({ dataset }) => fieldsOf(dataset))
    .map((use) => ({ ...use, element: use.meta.element ?? agreed.get(`${use.dataset} ${use.field}`) }))
}

function fieldsOf(dataset: AnyDataset): Use[] {
  return Object.entries(dataset.schema.properties as Record<string, { maxLength?: number }>).flatMap(
    ([field, schema]) => {
      const meta = fieldMeta(schema as never)
      if (!meta) return []
      const { id, title, source } = dataset
      return [{ dataset: id, datasetTitle: title, source, field, meta, max: schema.maxLength, element: undefined }]
    },
  )
}

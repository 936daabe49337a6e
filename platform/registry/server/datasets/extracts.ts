import { NotFound, words } from '#runtime'
import type { DatasetExtract, DatasetExtracts } from '../../contract.ts'
import type { AnyDataset } from '../../dataset.ts'
import { quoted, storageOf } from '../storage.ts'
import type { Catalogue } from './catalogue.ts'

export const extractsOf = (catalogue: Catalogue): DatasetExtracts => ({
  all: () => catalogue.all().flatMap(({ dataset }) => extractOf(dataset) ?? []),
  get: (id) => {
    const extract = extractOf(catalogue.get(id))
    if (extract) return extract
    throw new NotFound('no-table', words(`数据集“${id}”没有数据表`, `The dataset "${id}" has no table`))
  },
})

function extractOf(dataset: AnyDataset): DatasetExtract | undefined {
  const storage = storageOf(dataset)
  if (!storage) return undefined
  return {
    dataset,
    readRight: dataset.readRight ?? 'registry.read',
    table: quoted(storage.table),
    columns: storage.fields.flatMap(({ name: field, columns, same, meta }) =>
      columns
        .filter(({ name }) => !meta.sealed || same.includes(name))
        .map(({ name, type }) => ({ name, field, type, title: meta.title, personal: meta.personal ?? false })),
    ),
  }
}

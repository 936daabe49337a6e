import { type AnyDataset, datasetExtracts } from '#platform/registry'
import { type App, NotFound, type Words, words } from '#runtime'

/** Datasets that have a table, declared or defined by stewards. */
export const allDatasets = (app: App): readonly AnyDataset[] =>
  app
    .use(datasetExtracts)
    .all()
    .map(({ dataset }) => dataset)

export const findDataset = (app: App, id: string): AnyDataset | undefined =>
  allDatasets(app).find((dataset) => dataset.id === id)

/** @throws NotFound */
export function getDataset(app: App, id: string): AnyDataset {
  const dataset = findDataset(app, id)
  if (!dataset) throw new NotFound('no-dataset', words(`没有数据集“${id}”`, `There is no dataset "${id}"`))
  return dataset
}

/** Its title, or its id where it is there no more. */
export const titleOf = (app: App, id: string): Words => findDataset(app, id)?.title ?? words(id, id)

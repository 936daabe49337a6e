import { type AnyDataset, datasetExtracts } from '#platform/registry'
import { type App, NotFound, words } from '#runtime'

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

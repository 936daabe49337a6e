import { datasetExtracts, noteShown } from '#platform/registry'
import type { App, Work } from '#runtime'

/** Fields of a row that a reader was shown elsewhere than in the file of whom they are about. */
export interface Told {
  readonly dataset: string
  readonly row: number
  readonly fields: readonly string[]
}

/** Leaves in the audit log what was told of whom, by which `readersOf` finds it. */
export function noteTold(app: App, work: Work, event: string, told: readonly Told[]): void {
  const alike = Map.groupBy(told, ({ dataset, fields }) => `${dataset} ${fields.join()}`)
  for (const list of alike.values())
    for (const { dataset, fields } of list.slice(0, 1))
      noteShown(work, {
        event,
        dataset: app.use(datasetExtracts).get(dataset).dataset,
        rows: list.map(({ row }) => row),
        fields,
      })
}

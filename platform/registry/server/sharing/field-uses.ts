import type { Db } from '#runtime'
import type { FieldUse, FieldUses } from '../../contract.ts'
import type { AnyDataset } from '../../dataset.ts'
import { storageOf } from '../storage.ts'

/** What modules make of the fields of a dataset, in the order in which they began to tell. */
export function fieldUsesService(): FieldUses {
  const tellers: ((db: Db, dataset: AnyDataset) => Promise<readonly FieldUse[]>)[] = []
  return {
    tell: (teller) => void tellers.push(teller),
    of: async (db, dataset) => {
      const told = (await Promise.all(tellers.map((teller) => teller(db, dataset)))).flat()
      return told.map((use) => ({ ...use, fields: namesOf(dataset, new Set(use.fields)) }))
    },
  }
}

/** Names of the fields of which this is the name or a column; others are passed over. */
export const namesOf = (dataset: AnyDataset, said: ReadonlySet<string>): string[] =>
  (storageOf(dataset)?.fields ?? [])
    .filter(({ name, columns, same }) =>
      [name, ...columns.map((column) => column.name), ...same].some((each) => said.has(each)),
    )
    .map(({ name }) => name)

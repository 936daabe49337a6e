import type { Words } from '#runtime'
import type { AnyDataset } from '../../dataset.ts'
import { slotsOf } from '../cells/plan.ts'
import { storageOf } from '../storage.ts'
import { type SourceColumn, type Suggestion, suggestColumns } from './suggest-columns.ts'

export type { Suggestion }

/**
 * For each column of a source the fields of a dataset it may be meant for, best first, each with its reasons: the same
 * that the import wizard suggests.
 * @param codesOf names of a code list by code
 */
export function suggestFields(
  columns: readonly SourceColumn[],
  dataset: AnyDataset,
  codesOf: (list: string) => Readonly<Record<string, Words>>,
): Suggestion[][] {
  const storage = storageOf(dataset)
  return storage ? suggestColumns(columns, slotsOf(storage, codesOf)) : columns.map(() => [])
}

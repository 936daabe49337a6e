import type { Work } from '#runtime'
import { ROWS_CHANGED, type Written } from '../../contract.ts'

/** Tells the program, once the transaction is confirmed, that rows of a dataset are no longer what they were. */
export function tellRowsChanged(work: Work, dataset: string, { inserted, changed }: Omit<Written, 'same'>): void {
  if (inserted + changed > 0) work.emit({ topic: ROWS_CHANGED, key: dataset })
}

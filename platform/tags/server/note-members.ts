import { datasetExtracts, noteShown } from '#platform/registry'
import type { Work } from '#runtime'
import type { TagSubject } from '../declaration.ts'
import type { TagBook } from './book.ts'

/** Leaves in the audit log that members were shown, so that they find it. @param members their numbers */
export function noteMembers(
  { app }: TagBook,
  work: Work,
  event: string,
  { dataset, key, name }: TagSubject,
  members: readonly number[],
): void {
  noteShown(work, {
    event,
    dataset: app.use(datasetExtracts).get(dataset).dataset,
    rows: members,
    fields: [key, name],
  })
}

import type { Work } from '#runtime'
import type { Storage } from '../storage.ts'

/** Details of a record are small, so a long list leaves several. */
const MOST = 200

/** Which rows of personal data somebody was shown, so that their subjects find it. */
export function noteRead(work: Work, { dataset, personal }: Storage, rows: readonly number[]): void {
  if (!personal) return
  for (let from = 0; from < rows.length; from += MOST)
    work.audit({
      event: 'registry.row.read',
      subject: { kind: 'dataset', id: dataset.id },
      details: { rows: rows.slice(from, from + MOST) },
    })
}

import type { Work } from '#runtime'
import type { ShownRows } from '../../contract.ts'
import { namesOf } from '../sharing/field-uses.ts'
import { storageOf } from '../storage.ts'

/** Details of a record are small, so a long list leaves several. */
const MOST = 200

export function noteShown(work: Work, { event, dataset, rows, fields }: ShownRows): void {
  if (!storageOf(dataset)?.personal) return
  const named = fields && { fields: namesOf(dataset, new Set(fields)) }
  const all = [...new Set(rows)]
  for (let from = 0; from < all.length; from += MOST)
    work.audit({
      event,
      subject: { kind: 'dataset', id: dataset.id },
      details: { rows: all.slice(from, from + MOST), ...named },
    })
}

/** Which rows somebody was shown in the registry itself. */
export const noteRead = (work: Work, dataset: ShownRows['dataset'], rows: readonly number[]): void =>
  noteShown(work, { event: 'registry.row.read', dataset, rows })

import { correctionLists } from '#platform/registry'
import type { App, StoredEvent, Work } from '#runtime'
import { findDataset } from '../known-datasets.ts'
import { collectionTables } from '../tables.ts'
import { wantCheck } from './correction-hooks.ts'
import { failCorrection, faultOf } from './settle.ts'

const QUIET_SECONDS = 15
const quietAfter = (work: Work): Date => new Date(work.at.getTime() + QUIET_SECONDS * 1000)

/** An import has ended: what it brought is checked, the rows that its deliverer has to correct go back to the source as one matter. */
export async function openForLoad(app: App, work: Work, { key }: StoredEvent): Promise<void> {
  const list = await app.use(correctionLists).of(work, Number(key))
  const dataset = findDataset(app, list.dataset)
  if (!dataset) return
  wantCheck(work, dataset.id, quietAfter(work))
  if (list.open > 0) await failCorrection(app, work, dataset, faultOf(list))
}

/** Rows have changed, or refused ones are past: a dataset about which a matter is open is checked again once it is quiet. */
export async function checkAfterChange(work: Work, { key }: StoredEvent): Promise<void> {
  const open = await collectionTables(work.tx)
    .selectFrom('collection.correction')
    .select('loop')
    .where('dataset', '=', key)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (open) wantCheck(work, key, quietAfter(work))
}

import { correctionLists } from '#platform/registry'
import type { App, StoredEvent, Work } from '#runtime'
import { findDataset } from '../known-datasets.ts'
import { collectionTables } from '../tables.ts'
import { wantCheck } from './correction-hooks.ts'
import { failCorrection, loadTitle } from './settle.ts'

const QUIET_SECONDS = 15
const quietAfter = (work: Work): Date => new Date(work.at.getTime() + QUIET_SECONDS * 1000)

/** An import has ended: what it brought is checked, the rows that it refused go back to the source as one matter. */
export async function openForLoad(app: App, work: Work, { key }: StoredEvent): Promise<void> {
  const load = Number(key)
  const { dataset: id, open, rowsRead, fileName } = await app.use(correctionLists).of(work, load)
  const dataset = findDataset(app, id)
  if (!dataset) return
  wantCheck(work, id, quietAfter(work))
  if (open === 0) return
  const fault = { rule: `load:${load}`, title: loadTitle(fileName), rows: rowsRead, bad: open, load }
  await failCorrection(app, work, dataset, fault)
}

/** Rows have changed: a dataset about which a matter is open is checked again once it is quiet. */
export async function checkAfterChange(work: Work, { key }: StoredEvent): Promise<void> {
  const open = await collectionTables(work.tx)
    .selectFrom('collection.correction')
    .select('loop')
    .where('dataset', '=', key)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (open) wantCheck(work, key, quietAfter(work))
}

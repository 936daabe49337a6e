import type { Db } from '#runtime'
import { sourcesTables } from '../tables.ts'
import { type Connector, noTables } from './connector.ts'

const MOST_BATCHES = 200

/** Batches that another system has pushed and that no run has taken yet, in their order. */
export const openPush = (db: Db): Connector => ({
  tables: noTables,
  preview: async () => ({ columns: [], rows: [] }),
  collect: async ({ feed, moved }) => {
    const batches = await sourcesTables(db)
      .selectFrom('sources.batch')
      .select(['id', 'file', 'name', 'bytes', 'totals'])
      .where('feed', '=', feed.id)
      .where('run', 'is', null)
      .orderBy('id')
      .limit(MOST_BATCHES)
      .execute()
    if (batches.length === 0) return undefined
    moved(
      0,
      batches.reduce((sum, { bytes }) => sum + bytes, 0),
    )
    return {
      parts: batches.map(({ id, file, name, bytes, totals }) => ({
        kind: 'rows',
        file: { sm3: file, name, size: bytes },
        batch: id,
        ...(totals ? { totals } : {}),
      })),
      mark: null,
      isWhole: false,
      note: async ({ tx }, run) => {
        const ids = batches.map(({ id }) => id)
        await sourcesTables(tx).updateTable('sources.batch').set({ run }).where('id', 'in', ids).execute()
      },
    }
  },
  close: async () => {},
})

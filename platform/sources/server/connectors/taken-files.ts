import type { Db } from '#runtime'
import { sourcesTables } from '../tables.ts'
import type { TakenFiles } from './folder.ts'

/** Files of folders that were taken, in the database. */
export const takenFiles = (db: Db): TakenFiles => ({
  isTaken: async (feed, { name, size, changedAt }) => {
    const taken = await sourcesTables(db)
      .selectFrom('sources.seen_file')
      .select('run')
      .where('feed', '=', feed)
      .where('name', '=', name)
      .where('size', '=', size)
      .where('changed_at', '=', changedAt)
      .executeTakeFirst()
    return taken !== undefined
  },
  take:
    (feed, { name, size, changedAt, sm3 }) =>
    async ({ tx }, run) => {
      const values = { size, changed_at: changedAt, file: sm3, run }
      await sourcesTables(tx)
        .insertInto('sources.seen_file')
        .values({ feed, name, ...values })
        .onConflict((conflict) => conflict.columns(['feed', 'name']).doUpdateSet(values))
        .execute()
    },
})

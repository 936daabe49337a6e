import type { App } from '#runtime'
import { countChanges } from '../run/find-changes.ts'
import { runMatching } from '../run/run-matching.ts'
import { EVERYTHING } from '../run/sources-now.ts'

/** Brings the files up to date with the tables; a run that the program began by itself is waited for. */
export async function settle(app: App): Promise<void> {
  for (;;) {
    await runMatching(app, new AbortController().signal)
    const { rows } = await app.pool.query<{ state: string }>('select state from one_file.run order by id desc limit 1')
    if (rows[0]?.state === 'done' && (await countChanges(app, app.db, EVERYTHING)) === 0) return
    await new Promise((done) => setTimeout(done, 100))
  }
}

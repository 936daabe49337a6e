import type { Actor, App } from '#runtime'
import { type RunRow, sourcesTables } from '../tables.ts'
import { tellMoved } from './run-store.ts'

const EVERY_MS = 2_000

/** Stores how far a run is now and then, and ends the work when somebody has cancelled the run. */
export function followProgress(app: App, actor: Actor, run: RunRow, signal: AbortSignal) {
  const cancelled = new AbortController()
  let [rows, bytes, told] = [0, 0, 0]
  const tell = async () => {
    const { numUpdatedRows } = await app.work(actor, async (work) => {
      if (rows + bytes !== told) tellMoved(work, run.id)
      told = rows + bytes
      return sourcesTables(work.tx)
        .updateTable('sources.run')
        .set({ rows, bytes, moved_at: work.at })
        .where('id', '=', run.id)
        .where('state', '=', run.state)
        .executeTakeFirst()
    })
    if (numUpdatedRows === 0n) cancelled.abort()
  }
  const timer = setInterval(() => void tell().catch(() => undefined), EVERY_MS)
  return {
    signal: AbortSignal.any([signal, cancelled.signal]),
    moved: (rowsNow: number, bytesNow: number) => {
      rows = Math.max(rows, rowsNow)
      bytes = Math.max(bytes, bytesNow)
    },
    stop: () => clearInterval(timer),
  }
}

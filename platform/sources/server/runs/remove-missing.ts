import { sql } from 'kysely'
import { type Db, words } from '#runtime'
import type { Reconciliation } from '../../run.ts'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import type { PartRow } from '../tables.ts'
import type { Step } from './advance.ts'
import { finish } from './finish.ts'
import { finishIncomplete } from './finish-incomplete.ts'
import { halt } from './halt.ts'
import { filesOf } from './load.ts'
import { reconcile } from './reconcile.ts'
import { partsOf, type RunContext } from './run-store.ts'

/** Up to this many rows, or this share of the feed's rows, may be gone without anybody being asked. Own choice. */
const GONE = { rows: 20, share: 0.2 }
/** Where rows that are gone are kept, they are counted only. */
const NONE = { rows: 0, share: 0 }

/**
 * Compares what arrived with the source's own figures, deletes or counts what a whole snapshot does not have any more,
 * settles what it does not have of earlier refusals, and ends the run. Nothing that may be half deletes or settles anything.
 */
export const removeMissing: Step = async (parts, context, signal) => {
  const { run, feed, source } = context
  const actor = feedActor(feed.id, source.organisation)
  const list = await partsOf(parts.app.db, run.id)
  const loads = await parts.desk.progressOf(list.flatMap(({ kind, load }) => (kind === 'rows' ? (load ?? []) : [])))
  const figures = reconcile(run, list, [...loads.values()])
  if (figures.agrees === false || list.some(({ kind }) => kind === 'unreadable'))
    return parts.app.work(actor, (work) => finishIncomplete(parts, work, context, list, figures))
  const gone = (await showsGone(parts.app.db, context)) ? await remove(parts, context, list, signal) : undefined
  if (!gone || gone.isDone || keepsGone(context))
    return parts.app.work(actor, async (work) => {
      const files = list.flatMap(({ kind, file }) => (kind === 'rows' ? [file] : []))
      if (bringsAll(context)) await parts.desk.settleRefused(work, { dataset: feed.dataset, files })
      return finish(parts, work, context, list, withGone(figures, context, gone?.rows))
    })
  const message = words(
    `来源中少了 ${gone.rows} 行（共 ${gone.of} 行）。如确已注销，请同意删除；如来源没有传全，请拒绝`,
    `${gone.rows} of ${gone.of} rows are not at the source any more. Accept if they are really gone; refuse if the source did not hand over all`,
  )
  return parts.app.work(actor, (work) => halt(work, context, [{ kind: 'shrunk', column: null, halts: true, message }]))
}

function withGone(figures: Reconciliation, context: RunContext, rows?: number): Reconciliation {
  if (rows === undefined) return figures
  return keepsGone(context) ? { ...figures, gone: rows } : { ...figures, removed: figures.removed + rows }
}

/** Whether all rows of the source came, and not only what a steward took for what it has. */
const isWhole = ({ run }: RunContext): boolean =>
  run.is_whole && !run.drift?.findings.some(({ kind }) => kind === 'incomplete')

/**
 * Whether what did not come now is not at the source. A file may hold a part of its rows, unless the feed deletes what it
 * does not hold; what is stored once more says nothing of now.
 */
const bringsAll = (context: RunContext): boolean =>
  isWhole(context) &&
  context.run.replay_of === null &&
  (context.source.connection.kind !== 'folder' || !keepsGone(context))

const keepsGone = ({ feed: { definition } }: RunContext): boolean =>
  definition.deletes === 'keep' && definition.mode !== 'replication'

/** Where they are kept, all keys are read only when a feed that is collected by increments is compared. */
async function showsGone(db: Db, context: RunContext): Promise<boolean> {
  const { run, feed } = context
  if (!isWhole(context) || (keepsGone(context) && !run.takes_whole)) return false
  // Before anything was stored by an earlier run, whatever became of it, nothing of this feed is there.
  const { rows } = await sql<{ stored: boolean }>`select exists (select from sources.part p
    join sources.run r on r.id = p.run where r.feed = ${feed.id} and r.id <> ${run.id} and p.load is not null) as stored`.execute(
    db,
  )
  return rows[0]?.stored ?? false
}

function remove({ desk }: SourcesParts, context: RunContext, list: readonly PartRow[], signal: AbortSignal) {
  const { run, feed, source } = context
  const actor = feedActor(feed.id, source.organisation)
  const isAccepted = run.drift?.decision?.accepted && run.drift.findings.some(({ kind }) => kind === 'shrunk')
  const request = {
    dataset: feed.dataset,
    files: filesOf(list),
    which: { missing: { writtenBy: actor.id } },
    ...(keepsGone(context) ? { most: NONE } : isAccepted ? {} : { most: GONE }),
  }
  return desk.removeByKeys(actor, request, signal)
}

import type { Work } from '#runtime'
import type { Collected, Collecting } from '../connectors/connector.ts'
import { openSource, reachable } from '../connectors/open-source.ts'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import { noteSlot } from '../slots/slot-store.ts'
import { sourcesTables } from '../tables.ts'
import type { Step } from './advance.ts'
import { finishWithout } from './finish.ts'
import { followProgress } from './follow-progress.ts'
import { moveRun, type RunContext } from './run-store.ts'

/** Fetches what the source has and keeps its bytes; nothing is written to the registry yet. */
export const collect: Step = async (parts, context, signal) => {
  const { app } = parts
  const { run, feed, source } = context
  const actor = feedActor(feed.id, source.organisation)
  const progress = followProgress(app, actor, run, signal)
  try {
    const connector = await openSource(parts, reachable(parts, source))
    try {
      const collected = await connector.collect(collectingOf(parts, context, progress))
      progress.signal.throwIfAborted()
      return await app.work(actor, (work) =>
        collected ? keepParts(parts, work, context, collected) : finishWithout(work, context),
      )
    } finally {
      await connector.close()
    }
  } catch (error) {
    // Cancelled by a person: the run has its state already.
    if (progress.signal.aborted) return false
    throw error
  } finally {
    progress.stop()
  }
}

const collectingOf = (
  { app, desk }: SourcesParts,
  { run, feed, source }: RunContext,
  { signal, moved }: ReturnType<typeof followProgress>,
): Collecting => ({
  feed: feed.definition,
  mark: feed.mark,
  takesWhole: run.takes_whole,
  columns: Object.keys(feed.baseline?.fields ?? {}),
  signal,
  moved,
  keep: (name, content) => desk.keep(name, content),
  noteSlot: (name) => app.work(feedActor(feed.id, source.organisation), (work) => noteSlot(work, name, feed, source)),
})

async function keepParts(
  { desk }: SourcesParts,
  work: Work,
  { run }: RunContext,
  collected: Collected,
): Promise<boolean> {
  const { parts, mark, isWhole, totals, hasMore, incomplete, note } = collected
  const halted = incomplete && { findings: [{ kind: 'incomplete', column: null, halts: true, message: incomplete }] }
  const isMoved = await moveRun(work, run, 'checking', {
    new_mark: mark,
    is_whole: isWhole,
    has_more: hasMore ?? false,
    totals: totals ? JSON.stringify(totals) : null,
    problem: null,
    bytes: parts.reduce((sum, { file }) => sum + file.size, 0),
    drift: halted ? JSON.stringify(halted) : null,
  })
  if (!isMoved) return false
  const rows = parts.map(({ kind, file, reading, batch, totals: ofPart }, ordinal) => ({
    run: run.id,
    ordinal,
    kind,
    batch: batch ?? null,
    totals: ofPart ? JSON.stringify(ofPart) : null,
    file: file.sm3,
    name: file.name,
    bytes: file.size,
    reading: reading ? JSON.stringify(reading) : null,
  }))
  for (const { file } of parts) await desk.note(work, file, work.actor)
  if (rows.length > 0) await sourcesTables(work.tx).insertInto('sources.part').values(rows).execute()
  await note?.(work, run.id)
  return true
}

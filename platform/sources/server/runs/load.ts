import { type Db, InvalidInput, type Work, words } from '#runtime'
import type { DriftFinding } from '../../run.ts'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import { type PartRow, sourcesTables } from '../tables.ts'
import type { Step } from './advance.ts'
import { endRun, failure } from './end-run.ts'
import { halt } from './halt.ts'
import { moveRun, type RunContext } from './run-store.ts'

/** Stores the parts one behind the other; while the registry imports one, the run waits to hear of its end. */
export const load: Step = async (parts, context, signal) => {
  const { app } = parts
  const { run, feed, source } = context
  const actor = feedActor(feed.id, source.organisation)
  const part = await findNextPart(app.db, run.id)
  if (!part) return app.work(actor, (work) => moveRun(work, run, 'removing'))
  try {
    if (part.rows === 0) return await markDone(app.db, part)
    if (part.kind === 'deletes') return await removeListed(parts, context, part, signal)
    if (part.load === null) return await app.work(actor, (work) => begin(parts, work, context, part))
    return await hear(parts, context, part, part.load)
  } catch (error) {
    // The mapping does not do for this dataset: a person has to say which column is which.
    if (!(error instanceof InvalidInput)) throw error
    const messages = [error.words, ...error.issues.map(({ message }) => message)]
    const findings = messages.map((message): DriftFinding => ({ kind: 'unmapped', column: null, halts: true, message }))
    return app.work(actor, (work) => halt(work, context, findings))
  }
}

const fileOf = ({ file, name, bytes, reading, columns }: PartRow) => {
  if (!reading) throw new InvalidInput('no-reading', words('不知道如何读取', 'It is not known how to read it'))
  return { file: { sm3: file, name, size: bytes }, reading, columns: columns ?? [] }
}

async function begin({ desk }: SourcesParts, work: Work, { run, feed }: RunContext, part: PartRow): Promise<boolean> {
  const id = await desk.start(work, { dataset: feed.dataset, ...fileOf(part) })
  await sourcesTables(work.tx)
    .updateTable('sources.part')
    .set({ load: id })
    .where('run', '=', run.id)
    .where('ordinal', '=', part.ordinal)
    .execute()
  await moveRun(work, run, 'loading')
  return false
}

async function hear({ app, desk }: SourcesParts, context: RunContext, part: PartRow, id: number): Promise<boolean> {
  const { state, problem } = await desk.progress(id)
  if (state === 'loading') return false
  if (state === 'done') {
    return await markDone(app.db, part)
  }
  const { feed, source } = context
  await app.work(feedActor(feed.id, source.organisation), (work) =>
    state === 'failed'
      ? endRun(work, context, 'failed', failure(problem ?? words('导入失败', 'The import failed')))
      : endRun(work, context, 'cancelled'),
  )
  return false
}

async function removeListed(
  { app, desk }: SourcesParts,
  { run, feed, source }: RunContext,
  part: PartRow,
  signal: AbortSignal,
): Promise<boolean> {
  const request = { dataset: feed.dataset, files: [fileOf(part)], which: 'listed' } as const
  const { rows } = await desk.removeByKeys(feedActor(feed.id, source.organisation), request, signal)
  await sourcesTables(app.db)
    .updateTable('sources.run')
    .set(({ eb }) => ({ removed: eb('removed', '+', rows) }))
    .where('id', '=', run.id)
    .execute()
  return await markDone(app.db, part)
}

/** @returns true: the next part may follow */
async function markDone(db: Db, { run, ordinal }: PartRow): Promise<boolean> {
  await sourcesTables(db)
    .updateTable('sources.part')
    .set({ is_done: true })
    .where('run', '=', run)
    .where('ordinal', '=', ordinal)
    .execute()
  return true
}

const findNextPart = (db: Db, run: number): Promise<PartRow | undefined> =>
  sourcesTables(db)
    .selectFrom('sources.part')
    .selectAll()
    .where('run', '=', run)
    .where('is_done', '=', false)
    .orderBy('ordinal')
    .limit(1)
    .executeTakeFirst()

/** Files of a run with their rows, for what compares whole runs. */
export const filesOf = (parts: readonly PartRow[]) => parts.filter(({ kind }) => kind === 'rows').map(fileOf)

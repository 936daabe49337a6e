import { type Db, type EnqueueOptions, NotFound, type Work } from '#runtime'
import { GOING_STATES, OPEN_STATES, type RunState } from '../../run.ts'
import { type FeedRow, type PartRow, type RunChange, type RunRow, type SourceRow, sourcesTables } from '../tables.ts'

/** A run with what it belongs to. */
export interface RunContext {
  readonly run: RunRow
  readonly feed: FeedRow
  readonly source: SourceRow
}

/** @throws NotFound */
export async function getRun(db: Db, id: number): Promise<RunRow> {
  const run = await sourcesTables(db).selectFrom('sources.run').selectAll().where('id', '=', id).executeTakeFirst()
  if (!run) throw new NotFound()
  return run
}

/** @throws NotFound */
export async function getFeed(db: Db, id: string): Promise<FeedRow> {
  const feed = await sourcesTables(db).selectFrom('sources.feed').selectAll().where('id', '=', id).executeTakeFirst()
  if (!feed) throw new NotFound()
  return feed
}

/** @throws NotFound */
export async function getSource(db: Db, id: string): Promise<SourceRow> {
  const source = await sourcesTables(db)
    .selectFrom('sources.source')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!source) throw new NotFound()
  return source
}

export async function contextOf(db: Db, id: number): Promise<RunContext> {
  const run = await getRun(db, id)
  const feed = await getFeed(db, run.feed)
  return { run, feed, source: await getSource(db, feed.source) }
}

export const partsOf = (db: Db, run: number): Promise<PartRow[]> =>
  sourcesTables(db).selectFrom('sources.part').selectAll().where('run', '=', run).orderBy('ordinal').execute()

/** How many pushed batches of a run could be read and are not stored yet. */
export const waitingBatches = (parts: readonly PartRow[]): number =>
  parts.filter(({ batch, kind, is_done }) => batch !== null && kind !== 'unreadable' && !is_done).length

export const openRunOf = (db: Db, feed: string): Promise<RunRow | undefined> =>
  sourcesTables(db)
    .selectFrom('sources.run')
    .selectAll()
    .where('feed', '=', feed)
    .where('state', 'in', OPEN_STATES)
    .executeTakeFirst()

/** The run of the same feed before this one, replays aside. */
export const findRunBefore = (db: Db, { feed, id }: Pick<RunRow, 'feed' | 'id'>): Promise<RunRow | undefined> =>
  sourcesTables(db)
    .selectFrom('sources.run')
    .selectAll()
    .where('feed', '=', feed)
    .where('id', '<', id)
    .where('replay_of', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Whether a later run of the same feed, replays aside, has been done or has stored what came. */
export const isOvertaken = async (db: Db, { feed, id }: Pick<RunRow, 'feed' | 'id'>): Promise<boolean> =>
  (await sourcesTables(db)
    .selectFrom('sources.run')
    .select('id')
    .where('feed', '=', feed)
    .where('id', '>', id)
    .where(({ eb, or }) => or([eb('state', '=', 'done'), eb('reconciliation', 'is not', null)]))
    .where('replay_of', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined

/** Whether something may still happen to a run. */
export const isOpen = ({ state }: Pick<RunRow, 'state'>): boolean =>
  (OPEN_STATES as readonly RunState[]).includes(state)

/**
 * Moves a run on if it is still in the state that it was seen in, and tells the open pages.
 * @returns false if somebody else moved it, e.g. cancelled it
 */
export async function moveRun(work: Work, run: RunRow, state: RunState, change: RunChange = {}): Promise<boolean> {
  const isOver = !isOpen({ state })
  const { numUpdatedRows } = await sourcesTables(work.tx)
    .updateTable('sources.run')
    .set({ ...change, state, moved_at: work.at, ...(isOver ? { ended_at: work.at } : {}) })
    .where('id', '=', run.id)
    .where('state', '=', run.state)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  tellMoved(work, run.id)
  return true
}

export const tellMoved = (work: Work, run: number): void =>
  work.emit({ topic: 'sources.run.moved', key: String(run), audience: { right: 'sources.read' } })

/** Runs that go on by themselves; one that waits for a source that was away has its own time. */
export const goingRuns = (db: Db) =>
  sourcesTables(db).selectFrom('sources.run').where('state', 'in', GOING_STATES).where('attempts', '=', 0)

/** Orders the next step of a run. */
export const orderStep = (work: Work, run: number, options: Omit<EnqueueOptions, 'key'> = {}): void =>
  work.enqueue('sources.run', { run }, { ...options, key: String(run) })

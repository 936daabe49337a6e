import { sql } from 'kysely'
import { type Db, type Words, words } from '#runtime'
import type { DriftFinding } from '../../run.ts'
import { findDrift } from '../drift/find-drift.ts'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import type { PartRow } from '../tables.ts'
import type { Step } from './advance.ts'
import { finishAsBefore } from './finish.ts'
import { halt } from './halt.ts'
import { look, type Seen } from './look.ts'
import { moveRun, partsOf, type RunContext } from './run-store.ts'
import { setBatchAside, setLinesAside } from './set-aside.ts'

/** Looks at everything that came before anything is written: is it whole, and is it what it was? */
export const check: Step = async (parts, context, signal) => {
  const { app } = parts
  const { run, feed, source } = context
  const actor = feedActor(feed.id, source.organisation)
  const list = await partsOf(app.db, run.id)
  const before = source.connection.kind === 'folder' ? await sameAs(context, parts, list) : undefined
  if (before !== undefined) return app.work(actor, (work) => finishAsBefore(parts, work, context, before))
  const findings: DriftFinding[] = [...(run.drift?.findings ?? [])]
  const looked: PartRow[] = []
  for (const part of list) {
    if (part.kind === 'unreadable' || part.from_run !== null) continue
    const seen = await lookAt(parts, context, part, signal)
    if (!seen) continue
    if ('reason' in seen) findings.push(incomplete(seen.reason))
    else {
      looked.push(seen.part)
      if (seen.isCut) findings.push(incomplete(CUT))
    }
  }
  findings.push(...(await leftOut(app.db, run.id)))
  findings.push(...findDrift(feed.baseline, context, looked))
  if (findings.some(({ halts }) => halts)) return app.work(actor, (work) => halt(work, context, findings))
  const copied = list.filter(({ from_run }) => from_run !== null)
  const rows = [...looked, ...copied].reduce((sum, part) => sum + (part.kind === 'rows' ? (part.rows ?? 0) : 0), 0)
  return app.work(actor, (work) => moveRun(work, run, 'loading', { rows, drift: JSON.stringify({ findings }) }))
}

const CUT = words(
  '文件在一行的中间结束，可能没有传完',
  'The file ends in the middle of a row; it may not have been sent whole',
)

/** Undefined for a pushed batch of which nothing can be read: the others of its run go on without it. */
async function lookAt(
  parts: SourcesParts,
  context: RunContext,
  part: PartRow,
  signal: AbortSignal,
): Promise<Seen | undefined> {
  if (context.source.connection.kind !== 'push') return look(parts, context, part, signal)
  const seen = await look(parts, context, await setLinesAside(parts, context, part), signal)
  if ('part' in seen && seen.part.reading?.format === 'json') return seen
  await setBatchAside(parts, part)
  return undefined
}

/** What of pushed batches is kept and not stored; it holds nothing up. */
const leftOut = async (db: Db, run: number): Promise<DriftFinding[]> =>
  (await partsOf(db, run)).flatMap(({ name, problem }) =>
    problem ? [{ ...incomplete(words(`${name}：${problem.zh}`, `${name}: ${problem.en}`)), halts: false }] : [],
  )

const incomplete = (message: Words): DriftFinding => ({ kind: 'incomplete', column: null, halts: true, message })

/** The earlier run of this feed that brought the very same bytes. */
async function sameAs(
  { run }: RunContext,
  { app }: SourcesParts,
  [part]: readonly PartRow[],
): Promise<number | undefined> {
  if (!part || run.replay_of !== null) return undefined
  const { rows } = await sql<{ id: number }>`select r.id from sources.run r join sources.part p on p.run = r.id
    where r.feed = ${run.feed} and r.id < ${run.id} and r.state = 'done' and p.file = ${part.file}
    order by r.id desc limit 1`.execute(app.db)
  return rows[0]?.id
}

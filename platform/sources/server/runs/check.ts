import { sql } from 'kysely'
import type { ColumnProfile, FileProfile } from '#platform/registry'
import { InvalidInput, type Words, words } from '#runtime'
import { isDatabase } from '../../contract.ts'
import type { DriftFinding } from '../../run.ts'
import { findDrift } from '../drift/find-drift.ts'
import { feedActor } from '../feed-actor.ts'
import type { SourcesParts } from '../parts.ts'
import { type PartRow, sourcesTables } from '../tables.ts'
import type { Step } from './advance.ts'
import { finishAsBefore } from './finish.ts'
import { halt } from './halt.ts'
import { moveRun, partsOf, type RunContext } from './run-store.ts'

/** Looks at everything that came before anything is written: is it whole, and is it what it was? */
export const check: Step = async (parts, context, signal) => {
  const { app } = parts
  const { run, feed, source } = context
  const actor = feedActor(feed.id, source.organisation)
  const list = await partsOf(app.db, run.id)
  const before = source.connection.kind === 'folder' ? await sameAs(context, parts, list) : undefined
  if (before !== undefined) return app.work(actor, (work) => finishAsBefore(work, context, before))
  const findings: DriftFinding[] = [...(run.drift?.findings ?? [])]
  const looked: PartRow[] = []
  for (const part of list) {
    const seen = await look(parts, context, part, signal)
    if ('reason' in seen) findings.push(incomplete(seen.reason))
    else {
      looked.push(seen.part)
      if (seen.isCut) findings.push(incomplete(CUT))
    }
  }
  findings.push(...findDrift(feed.baseline, run, looked))
  if (findings.some(({ halts }) => halts)) return app.work(actor, (work) => halt(work, context, findings))
  const rows = looked.reduce((sum, part) => sum + (part.kind === 'rows' ? (part.rows ?? 0) : 0), 0)
  return app.work(actor, (work) => moveRun(work, run, 'loading', { rows, drift: JSON.stringify({ findings }) }))
}

const CUT = words(
  '文件在一行的中间结束，可能没有传完',
  'The file ends in the middle of a row; it may not have been sent whole',
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

type Seen = { readonly part: PartRow; readonly isCut: boolean } | { readonly reason: Words }

async function look(
  { app, desk }: SourcesParts,
  { run, feed, source }: RunContext,
  part: PartRow,
  signal: AbortSignal,
): Promise<Seen> {
  const file = { sm3: part.file, name: part.name, size: part.bytes }
  const hash = isDatabase(source.connection) ? 'md5' : 'fast'
  try {
    const { reading, columns } = await app.work(feedActor(feed.id, source.organisation), (work) =>
      desk.inspect(work, feed.dataset, file, part.reading ?? undefined),
    )
    const { rows, columns: profile, isCut }: FileProfile = await desk.profile(part.file, reading, hash, signal)
    const chosen = reading.header.map((title, at) => {
      const own = feed.definition.columns?.[title]
      return own === undefined ? (columns[at] ?? null) : own
    })
    await sourcesTables(app.db)
      .updateTable('sources.part')
      .set({
        reading: JSON.stringify(reading),
        columns: JSON.stringify(onlyOnce(chosen)),
        rows,
        profile: JSON.stringify(profile satisfies readonly ColumnProfile[]),
      })
      .where('run', '=', run.id)
      .where('ordinal', '=', part.ordinal)
      .execute()
    return { part: { ...part, reading, columns: onlyOnce(chosen), rows, profile: [...profile] }, isCut }
  } catch (error) {
    if (error instanceof InvalidInput) return { reason: error.words }
    throw error
  }
}

/** A field takes one column; what was said for a feed comes before what was guessed. */
function onlyOnce(columns: readonly (string | null)[]): (string | null)[] {
  return columns.map((field, at) => (field !== null && columns.indexOf(field) === at ? field : null))
}

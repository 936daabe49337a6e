import { sql } from 'kysely'
import { Defect, type Job, NotFound, ProductError, system, type Words, type Work, words } from '#runtime'
import { amend } from '../amend.ts'
import type { Engine } from '../engine.ts'
import { type HandOverPlan, handedOver, handOver, passRulings, receiverOf } from './hand-over.ts'
import { type MovePlan, move } from './move.ts'
import { whyNot } from './preview.ts'

export const BATCH_JOB = 'loops.batch'
const PAGE = 100

/** What is to be done to many matters. */
export type BatchPlan =
  | { readonly kind: 'move'; readonly plan: MovePlan }
  | { readonly kind: 'hand-over'; readonly plan: HandOverPlan }

type BatchRow = BatchPlan & { readonly id: number; readonly cursor: number; readonly ended_at: Date | null }

/** The matters that a batch changes, as a condition on `i` (and `b`, their inbox). */
const matters = ({ kind, plan }: BatchPlan) =>
  kind === 'move'
    ? sql`from loops.instance i where i.definition = ${plan.definition} and i.version <> ${plan.to} and i.ended_at is null`
    : sql`from loops.instance i where exists (select 1 from loops.inbox b where b.instance = i.id and ${handedOver(plan)})`

/** Starts a batch; a job does it. @returns its number and how many matters it is for */
export async function startBatch(work: Work, batch: BatchPlan): Promise<{ id: string; total: number }> {
  const { rows } = await sql<{ id: number; total: number }>`
    insert into loops.batch (kind, plan, total, started_at, started_by)
    select ${batch.kind}, ${JSON.stringify(batch.plan)}::jsonb, (select count(*) ${matters(batch)}), ${work.at}, ${work.actor.id}
    returning id, total`.execute(work.tx)
  const [row] = rows
  if (!row) throw new Defect('The database kept no batch.')
  if (batch.kind === 'hand-over') await passRulings(work, batch.plan)
  work.enqueue(BATCH_JOB, { batch: row.id })
  return { id: String(row.id), total: row.total }
}

/** Does batches page by page; one that was killed goes on where it was. */
export const batchJob = (engine: Engine): Job<{ batch?: number }> => ({
  id: BATCH_JOB,
  title: words('批量变更事项', 'Change many matters'),
  run: async ({ batch = 0 }, signal) => {
    while (!signal.aborted && (await doPage(engine, batch)));
  },
})

/** @returns whether there may be more */
async function doPage(engine: Engine, id: number): Promise<boolean> {
  return engine.app.work(system('loops.batch'), async (work) => {
    const { rows } = await sql<BatchRow>`select id, kind, plan, cursor, ended_at from loops.batch where id = ${id}
      for update`.execute(work.tx)
    const [batch] = rows
    if (!batch) throw new NotFound()
    if (batch.ended_at) return false
    const { rows: page } = await sql<{ id: number }>`select i.id ${matters(batch)} and i.id > ${batch.cursor}
      order by i.id limit ${PAGE}`.execute(work.tx)
    let failed = 0
    for (const one of page) {
      const why = await attempt(engine, work, one.id, batch)
      if (why !== null) failed++
      await sql`insert into loops.batch_result (batch, instance, why_zh, why_en)
        values (${id}, ${one.id}, ${why?.zh ?? null}, ${why?.en ?? null}) on conflict do nothing`.execute(work.tx)
    }
    const last = page.at(-1)?.id ?? batch.cursor
    const isOver = page.length < PAGE
    await sql`update loops.batch set cursor = ${last}, done = done + ${page.length - failed}, failed = failed + ${failed},
      ended_at = ${isOver ? work.at : null} where id = ${id}`.execute(work.tx)
    work.emit({ topic: 'loops.batch.advanced', key: String(id), audience: { right: 'loops.define' } })
    return !isOver
  })
}

/** Changes one matter behind a save point. @returns why it stays as it is, or null */
async function attempt(engine: Engine, work: Work, id: number, batch: BatchPlan): Promise<Words | null> {
  await sql`savepoint one`.execute(work.tx)
  try {
    await change(engine, work, id, batch)
    await sql`release savepoint one`.execute(work.tx)
    return null
  } catch (error) {
    if (!(error instanceof ProductError)) throw error
    await sql`rollback to savepoint one`.execute(work.tx)
    return whyNot(error)
  }
}

async function change(engine: Engine, work: Work, id: number, batch: BatchPlan): Promise<void> {
  if (batch.kind === 'hand-over') {
    await amend(engine, work, id, 'loops.hand-over', async (draft) => {
      await handOver(engine, work, draft, batch.plan)
      return { from: batch.plan.from, to: receiverOf(batch.plan, draft.row.definition) }
    })
    return
  }
  const target = await engine.definitions.find(work.tx, batch.plan.definition, batch.plan.to)
  await amend(engine, work, id, 'loops.move', async (draft) => {
    const version = draft.row.version
    await move(engine, work, draft, target, batch.plan)
    draft.definition = target
    return { from: version, to: target.version }
  })
}

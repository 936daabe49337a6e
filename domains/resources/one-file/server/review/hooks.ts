import { sql } from 'kysely'
import type { Choice, Effect, Guard, Hooks, LoopInstance } from '#platform/loops'
import { type Work, words } from '#runtime'
import { orderRun } from '../jobs.ts'
import { keepVerdicts, type Verdict } from './verdicts.ts'

const batchOf = ({ data }: LoopInstance): number => Number(data.batch)

/** Pairs whose merge one person alone may not decide: two valid numbers become one person. */
const doubtful = sql`why = 'keys-differ' or (why = 'asked' and exists (
  select 1 from jsonb_array_elements(parts) p where p->>'id' = 'number' and (p->>'level')::int = 4))`

const allDecided: Guard = async (work, instance) => {
  const { rows } = await sql<{ open: number }>`select count(*) as open from one_file.pair
    where batch = ${batchOf(instance)} and verdict is null`.execute(work.tx)
  const open = rows[0]?.open ?? 0
  return open === 0 ? null : words(`还有 ${open} 对没有判断`, `${open} pairs are not decided yet`)
}

const needsSecond: Choice = async (work, instance) => {
  const { rows } = await sql`select 1 from one_file.pair
    where batch = ${batchOf(instance)} and verdict = 'same' and (${doubtful}) limit 1`.execute(work.tx)
  return rows.length > 0 ? 'confirming' : 'done'
}

/** Makes decisions of verdicts; "unsure" leaves the matching as it is. */
async function decide(work: Work, batch: number, second: boolean): Promise<void> {
  const { rows } = await sql<Verdict>`select kind, a, b, verdict = 'same' as same, decided_by as by from one_file.pair
    where batch = ${batch} and verdict in ('same', 'different')
      and (verdict = 'same' and (${doubtful})) = ${second}`.execute(work.tx)
  await keepVerdicts(work, rows, `review ${batch}`)
  orderRun(work, 'decided')
}

const apply: Effect = async (work, instance) => {
  await decide(work, batchOf(instance), false)
  if ((await needsSecond(work, instance, {})) === 'done') await end(work, batchOf(instance))
  return undefined
}

const applyConfirmed: Effect = async (work, instance) => {
  await decide(work, batchOf(instance), true)
  await end(work, batchOf(instance))
  return undefined
}

const openAgain: Effect = async (work, instance) => {
  await sql`update one_file.pair set verdict = null, decided_by = null, decided_at = null
    where batch = ${batchOf(instance)} and verdict = 'same' and (${doubtful})`.execute(work.tx)
  return undefined
}

const end = (work: Work, batch: number): Promise<unknown> =>
  sql`update one_file.batch set ended_at = ${work.at} where id = ${batch}`.execute(work.tx)

/** Hooks of `one-file.review`. */
export const reviewHooks: Hooks = {
  guards: { 'all-decided': allDecided },
  choices: { 'needs-second': needsSecond },
  effects: { apply, 'apply-confirmed': applyConfirmed, 'open-again': openAgain },
  titles: {
    'all-decided': words('每一对都已判断', 'Every pair is decided'),
    'needs-second': words('号码不同的合并须第二人确认', 'Merging different numbers needs a second person'),
  },
}

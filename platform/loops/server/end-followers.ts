import { sql } from 'kysely'
import { type Asker, system, type Work } from '#runtime'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'

/** Matters that end now, by their ids. */
const ending = (drafts: readonly Draft[]) =>
  new Map(
    drafts.flatMap(({ row, before }) => (row.ended_at && before && !before.ended_at ? [[row.id, row] as const] : [])),
  )

/** Whether open matters follow one of these; none can begin to while their rows are locked. */
const followed: Asker<readonly number[], boolean> = async (tx, questions) => {
  const { rows } = await sql<{ lead: number }>`/* prepared */ select distinct lead from loops.instance
    where lead = any(${questions.flat()}::bigint[]) and ended_at is null`.execute(tx)
  const leads = new Set(rows.map(({ lead }) => lead))
  return questions.map((ids) => ids.some((id) => leads.has(id)))
}

export async function haveFollowers(work: Work, drafts: readonly Draft[]): Promise<boolean> {
  const ids = [...ending(drafts).keys()]
  return ids.length > 0 && (await work.ask(followed, ids))
}

/** When matters end, those that were merged into them end too. */
export async function endFollowers(engine: Engine, work: Work, drafts: readonly Draft[]): Promise<void> {
  const leads = ending(drafts)
  const { rows } = await sql<{ id: number; lead: number; revision: number }>`select id, lead, revision
    from loops.instance where lead = any(${[...leads.keys()]}::bigint[]) and ended_at is null order by id
    for update`.execute(work.tx)
  for (const { id, lead, revision } of rows)
    await engine.service.act(
      { ...work, actor: system('loops.merge') },
      {
        instance: String(id),
        action: 'loops.follow',
        revision,
        key: `follow:${revision}`,
        form: { place: leads.get(lead)?.place, outcome: leads.get(lead)?.outcome },
      },
    )
}

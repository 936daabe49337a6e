import { sql } from 'kysely'
import { system, type Work } from '#runtime'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'

/** When matters end, those that were merged into them end too. */
export async function endFollowers(engine: Engine, work: Work, drafts: readonly Draft[]): Promise<void> {
  const leads = new Map(
    drafts.flatMap(({ row, before }) => (row.ended_at && before && !before.ended_at ? [[row.id, row] as const] : [])),
  )
  if (leads.size === 0) return
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

import { sql } from 'kysely'
import { system, type Work } from '#runtime'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'

/** When a matter ends, those that were merged into it end too. */
export async function endFollowers(engine: Engine, work: Work, { row, before }: Draft): Promise<void> {
  if (row.ended_at === null || !before || before.ended_at) return
  const { rows } = await sql<{ id: number; revision: number }>`select id, revision from loops.instance
    where lead = ${row.id} and ended_at is null order by id for update`.execute(work.tx)
  for (const { id, revision } of rows)
    await engine.service.act(
      { ...work, actor: system('loops.merge') },
      {
        instance: String(id),
        action: 'loops.follow',
        revision,
        key: `follow:${revision}`,
        form: { place: row.place, outcome: row.outcome },
      },
    )
}

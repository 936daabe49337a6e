import { sql } from 'kysely'
import type { Work } from '#runtime'
import type { Origin, Signal } from '../contract.ts'
import { draftOf } from './draft.ts'
import type { Engine } from './engine.ts'
import { doRemembered } from './perform.ts'
import type { Row } from './row.ts'
import { settle } from './settle.ts'

/** Tells every open matter of an origin that something happened; it acts now, or remembers. */
export async function signal(engine: Engine, work: Work, origin: Origin, name: Signal): Promise<void> {
  const { rows } = await sql<Row>`select * from loops.instance
    where origin_kind = ${origin.kind} and origin_id = ${origin.id} and ended_at is null
    order by id for update`.execute(work.tx)
  for (const row of rows) {
    if (row.memory.signals?.includes(name)) continue
    const definition = await engine.definitions.find(work.tx, row.definition, row.version)
    const draft = draftOf(definition, row, row)
    draft.row.memory = { ...row.memory, signals: [...(row.memory.signals ?? []), name] }
    await doRemembered(engine, work, draft)
    await settle(engine, work, [draft])
  }
}

import { sql } from 'kysely'
import { Conflict, NotFound, type Work, words } from '#runtime'
import { type Draft, draftOf, timeIn } from './draft.ts'
import type { Engine } from './engine.ts'
import type { Row } from './row.ts'
import { settle } from './settle.ts'

/** What the time line says of the change: names, never values. Undefined: nothing had to change. */
type Change = (draft: Draft) => Promise<Readonly<Record<string, unknown>> | undefined>

/**
 * Changes an open matter other than by one of its own actions, with its line in the log.
 * @throws NotFound, Conflict (ended)
 */
export async function amend(engine: Engine, work: Work, id: number, action: string, change: Change): Promise<Row> {
  const { rows } = await sql<Row>`select * from loops.instance where id = ${id} for update`.execute(work.tx)
  const [row] = rows
  if (!row) throw new NotFound()
  if (row.ended_at !== null) throw new Conflict('ended', words('事项已办结', 'The matter has ended'))
  const definition = await engine.definitions.find(work.tx, row.definition, row.version)
  const draft = draftOf(definition, row, row)
  const from = row.place
  draft.row.revision += 1
  const form = await change(draft)
  if (form === undefined) return row
  const at = timeIn(draft, work)
  draft.row.acted_at = at
  const { actor } = work
  draft.log.push({
    instance: id,
    revision: draft.row.revision,
    key: `${action}:${draft.row.revision}`,
    action,
    at,
    actor: actor.id,
    actor_kind: actor.kind,
    post: actor.post ?? null,
    on_behalf: actor.onBehalfOf ?? null,
    from_place: from,
    to_place: draft.row.place,
    form,
    note: null,
    evidence: null,
    readers: null,
  })
  await settle(engine, work, [draft])
  return draft.row
}

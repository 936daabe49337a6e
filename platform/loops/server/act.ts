import { sql } from 'kysely'
import { documents } from '#platform/documents'
import { type Asker, Conflict, NotFound, type Work, words } from '#runtime'
import type { Act, LoopInstance } from '../contract.ts'
import { actionsOf } from '../generic-actions.ts'
import { whatHappened } from './conflict.ts'
import { draftOf } from './draft.ts'
import type { Engine } from './engine.ts'
import { mayDo } from './may-do.ts'
import { numberOf } from './number-of.ts'
import { perform } from './perform.ts'
import { COLUMNS, type Row, toInstance } from './row.ts'
import { settle } from './settle.ts'
import { checkTransfer } from './transfer-targets.ts'

/**
 * Does an action in the caller's transaction. The row is locked first, so two people who act at once come one after the
 * other and the second is told what the first did.
 */
export async function act(engine: Engine, unit: Work, wanted: Act): Promise<LoopInstance> {
  const { done, ...row } = await unit.ask(lock, wanted)
  const work = unit.at < row.acted_at ? { ...unit, at: row.acted_at } : unit
  // A lock that was waited for shows the row as it is now and the log as it was before.
  const earlier = done ?? (wanted.revision < row.revision ? await findDone(work, wanted) : null)
  if (isSame(work, wanted, earlier)) return toInstance(row, work.at)
  const definition = await engine.definitions.find(work.tx, row.definition, row.version)
  if (wanted.revision < row.moved || wanted.revision > row.revision)
    throw await whatHappened(engine, work, definition, row, wanted)
  const action = actionsOf(definition)[wanted.action]
  if (!action) throw new NotFound()
  await mayDo(engine, work, definition, row, wanted.action, action)
  if (wanted.action === 'loops.transfer' || wanted.action === 'loops.rule')
    await checkTransfer(engine, work, definition, row, wanted.form ?? {})
  if (wanted.evidence?.length)
    await engine.app.use(documents).attach(work, wanted.evidence, { kind: 'loop', id: wanted.instance })
  const draft = draftOf(definition, row, row)
  await perform(engine, work, draft, wanted)
  await settle(engine, work, [draft])
  return toInstance(draft.row, work.at)
}

interface Done {
  readonly action: string
  readonly actor: string
}

interface Locked extends Row {
  readonly done: Done | null
}

/** Rows, and what was done before under the same key. @throws NotFound */
const lock: Asker<Act, Locked> = async (tx, acts, isShared) => {
  const ids = acts.map(({ instance }) => numberOf(instance))
  const wanted = JSON.stringify(acts.map(({ key }, n) => ({ n, id: ids[n], key })))
  const { rows } = await sql<Locked & { readonly n: number }>`/* prepared */
    select ${COLUMNS}, w.n, (select jsonb_build_object('action', a.action, 'actor', a.actor) from loops.action a
      where a.instance = i.id and a.key = w.key) as done
    from jsonb_to_recordset(${wanted}::jsonb) as w(n int, id bigint, key text) join loops.instance i on i.id = w.id
    for update of i ${sql.raw(isShared ? 'skip locked' : '')}`.execute(tx)
  if (!isShared && rows.length === 0) throw new NotFound()
  const found = new Map(rows.map(({ n, ...row }) => [n, row]))
  return ids.map((id, n) => (ids.indexOf(id) === n ? found.get(n) : undefined))
}

async function findDone(work: Work, { instance, key }: Act): Promise<Done | null> {
  const { rows } = await sql<Done>`select action, actor from loops.action
    where instance = ${numberOf(instance)} and key = ${key}`.execute(work.tx)
  return rows[0] ?? null
}

/** Whether the same one has done exactly this before. @throws Conflict when the key was used for something else */
function isSame(work: Work, { action }: Act, done: Done | null): boolean {
  if (!done) return false
  if (done.action === action && done.actor === work.actor.id) return true
  throw new Conflict('key-used', words('该幂等键已用于另一项操作', 'This idempotency key was used for another action'))
}

import { type RawBuilder, sql } from 'kysely'
import { Conflict, type Work, words } from '#runtime'
import { MATTER } from '../generic-actions.ts'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'
import type { Outcome } from './hold.ts'
import type { Row } from './row.ts'
import type { ShownField } from './shown-fields.ts'

/** Kind of origin of a part; its id is the matter out of which it was taken. */
const TAKEN_FROM = MATTER

/**
 * Takes a part out of a matter as one of its own: it begins at the start of the same version, for the same person served
 * and with the same clock, whose limit has run since the first one began. The rest stays where it is.
 */
export async function divide(
  engine: Engine,
  work: Work,
  { row, definition }: Draft,
  form: Readonly<Record<string, unknown>>,
): Promise<Outcome> {
  if (row.parent !== null)
    throw new Conflict('cannot-divide', words('配合单位的事项不能再拆分', "A joint unit's share cannot be divided"))
  const part = await engine.service.open(work, {
    definition: definition.id,
    data: { ...row.data, ...(form.part as object) },
    key: `part:${row.id}:${row.revision}`,
    origin: { kind: TAKEN_FROM, id: String(row.id) },
    takenFrom: {
      version: row.version,
      openedBy: row.opened_by,
      openedPost: row.opened_post,
      watchers: row.memory.watchers,
      ...(row.clocks.matter ? { clock: row.clocks.matter } : {}),
    },
  })
  return { form: { matter: part.id, reason: form.reason } }
}

/** The matter out of which a part was taken. */
export const wholeOf = ({ origin_kind, origin_id }: Row): readonly { readonly instance: number }[] =>
  origin_kind === TAKEN_FROM ? [{ instance: Number(origin_id) }] : []

/** Why a part was taken out, as the log of the whole says. */
export async function whyTakenOut(work: Work, { id, origin_id }: Row): Promise<string | null> {
  const { rows } = await sql<{ reason: string }>`select form ->> 'reason' as reason from loops.action
    where instance = ${Number(origin_id)} and action = 'loops.divide' and form ->> 'matter' = ${String(id)}`.execute(
    work.tx,
  )
  return rows[0]?.reason ?? null
}

/** What the first line of a part's time line says; none for a matter that is no part. */
export const takenOutFields = (row: Row): ShownField[] =>
  wholeOf(row).map(({ instance }) => {
    const id = String(instance)
    return { name: 'whole', title: words('拆自事项', 'Taken out of'), value: words(id, id), matter: id }
  })

/** Which matters are parts of this one. */
export const partsOf = (id: number): RawBuilder<unknown> =>
  sql`origin_kind = ${TAKEN_FROM} and origin_id = ${String(id)}`

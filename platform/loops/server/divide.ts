import { type RawBuilder, sql } from 'kysely'
import { Conflict, type Work, words } from '#runtime'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'
import type { Outcome } from './hold.ts'
import type { Row } from './row.ts'

/** Kind of origin of a part; its id is the matter out of which it was taken. */
const TAKEN_FROM = 'loops.matter'

/**
 * Takes a part out of a matter as one of its own: it begins at the start, for the same person served and with the same
 * clock, whose limit has run since the first one began. The rest stays where it is.
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

/** Which matters are parts of this one. */
export const partsOf = (id: number): RawBuilder<unknown> =>
  sql`origin_kind = ${TAKEN_FROM} and origin_id = ${String(id)}`

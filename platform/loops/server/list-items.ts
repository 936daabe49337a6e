import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Work } from '#runtime'
import { lightAt } from '../light.ts'
import { type Engine, people } from './engine.ts'
import { shownHeadline } from './may-read.ts'
import { remainingOf } from './remaining.ts'
import type { Row } from './row.ts'
import type { itemSchema } from './schemas.ts'

type Item = Static<typeof itemSchema>

/** What a list knows of a matter besides the matter itself. */
export interface Listed {
  readonly instance: number
  readonly since?: Date
  readonly signed_by?: string | null
}

/** Turns rows of a list into what the portal shows, in the same order. */
export async function listItems(engine: Engine, work: Work, listed: readonly Listed[]): Promise<Item[]> {
  if (listed.length === 0) return []
  const ids = listed.map(({ instance }) => instance)
  const { rows } = await sql<Row>`select * from loops.instance where id = any(${ids}::bigint[])`.execute(work.tx)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const names = await people(engine).names(
    listed.flatMap(({ signed_by }) => signed_by ?? []),
    work.tx,
  )
  const items: Item[] = []
  for (const { instance, since, signed_by } of listed) {
    const row = byId.get(instance)
    if (row)
      items.push(
        await itemOf(engine, work, row, since ?? row.acted_at, signed_by ? (names.get(signed_by) ?? null) : null),
      )
  }
  return items
}

/** One matter as lists show it. */
export async function itemOf(
  engine: Engine,
  work: Work,
  row: Row,
  since: Date,
  signedBy: string | null,
): Promise<Item> {
  const definition = await engine.definitions.find(work.tx, row.definition, row.version)
  return {
    id: String(row.id),
    definition: row.definition,
    definitionTitle: definition.title,
    headline: await shownHeadline(engine, work, definition, row),
    place: row.place,
    placeTitle: definition.places[row.place]?.title ?? { zh: row.place, en: row.place },
    division: row.division,
    revision: row.revision,
    openedAt: row.opened_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    outcome: row.outcome,
    due: row.due?.toISOString() ?? null,
    light: lightAt(row.due, row.warn, work.at),
    remaining: remainingOf(definition, row, work.at),
    supervised: row.supervised_at !== null,
    since: since.toISOString(),
    signedBy,
    unit: row.memory.unit ?? null,
  }
}

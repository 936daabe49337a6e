import { sql } from 'kysely'
import { masked, unsealedRows } from '#platform/registry'
import type { App, Work } from '#runtime'
import { readingOf, SHOWING } from '../../declarations/readings.ts'
import type { Told } from '../file/note-told.ts'
import { textOf } from '../run/read-part.ts'

/** Registers first: they write names best. */
const BEST = ['base.firm', 'base.resident', 'base.shareholding']

/** A name, and what tells it. */
interface NameTold {
  readonly name: string
  readonly told: Told
}

/** Names of entities, those of people masked but for those whom the reader may see. */
export async function namesOf(
  app: App,
  work: Work,
  entities: readonly number[],
  unmasked: 'all' | ReadonlySet<number>,
): Promise<Map<number, NameTold>> {
  if (entities.length === 0) return new Map()
  const { rows } = await sql<{ entity: number; dataset: string; row: number; part: number }>`
    select distinct on (entity) entity, dataset, row, part from one_file.record
    where entity = any(${[...entities]}::bigint[])
      and not (dataset = 'base.medical-insured' and part = 1)
    order by entity, array_position(${BEST}::text[], dataset) nulls last, dataset, row`.execute(work.tx)
  const isSeen = (entity: number) => unmasked === 'all' || unmasked.has(entity)
  const names = new Map<number, NameTold>()
  for (const [dataset, links] of Map.groupBy(rows, (link) => link.dataset)) {
    const found = await app.use(unsealedRows).rows(work, SHOWING, dataset, [...new Set(links.map(({ row }) => row))])
    const byId = new Map(found.map((each) => [each.id, each.value]))
    for (const { entity, row, part } of links) {
      const reading = readingOf(dataset)?.parts[part]
      const field = reading?.fields.name
      const name = textOf(byId.get(row) ?? {}, field) ?? ''
      names.set(entity, {
        name: reading?.kind === 'person' && !isSeen(entity) ? String(masked(name, 'name')) : name,
        told: { dataset, row, fields: field ? [field] : [] },
      })
    }
  }
  return names
}

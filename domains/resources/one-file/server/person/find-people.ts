import { sql } from 'kysely'
import { masked, unsealedRows } from '#platform/registry'
import type { App, Work } from '#runtime'
import { readingOf, SHOWING } from '../../declarations/readings.ts'
import { noteTold, type Told } from '../file/note-told.ts'
import type { Opens } from '../file/purposes.ts'
import { hashesOf, personKeys } from '../run/keys.ts'
import { textOf } from '../run/read-part.ts'

export interface FoundPerson {
  readonly id: string
  readonly name: string
  readonly born: string | null
  readonly address: string | null
  readonly records: number
}

export type PersonQuery = { readonly number: string } | { readonly name: string; readonly bornOn: string }

const MOST = 20

/** People with a number, or with a name and a birth date; masked, enough to tell them apart as far as the purpose opens it. */
export async function findPeople(app: App, work: Work, query: PersonQuery, opens: Opens): Promise<FoundPerson[]> {
  const key = 'number' in query ? 'number' : 'name'
  const texts = personKeys('number' in query ? { name: '', number: query.number } : query)
  const [hash] = hashesOf(app, 'person', key, [texts[key]])
  if (hash === undefined || hash === null) return []
  const { rows } = await sql<{ entity: number; records: number; dataset: string; row: number; part: number }>`
    select e.entity, (select count(*) from one_file.record a where a.entity = e.entity) as records, b.*
    from (select distinct entity from one_file.record where ${sql.raw(`${key}_key`)} = ${hash.toString()}::bigint
      and kind = 'person' order by entity limit ${MOST}) e
    cross join lateral (select dataset, row, part from one_file.record r where r.entity = e.entity
      order by (r.dataset = 'base.resident') desc, r.dataset, r.row limit 1) b`.execute(work.tx)
  const found = await Promise.all(rows.map((each) => view(app, work, each, opens)))
  noteTold(
    app,
    work,
    'one-file.person.searched',
    found.map(({ told }) => told),
  )
  return found.map(({ person }) => person)
}

async function view(
  app: App,
  work: Work,
  found: { entity: number; records: number; dataset: string; row: number; part: number },
  opens: Opens,
): Promise<{ readonly person: FoundPerson; readonly told: Told }> {
  const [row] = await app.use(unsealedRows).rows(work, SHOWING, found.dataset, [found.row])
  const part = readingOf(found.dataset)?.parts[found.part]
  const fields = part?.kind === 'person' ? part.fields : {}
  const of = (field: string | undefined) => (row ? textOf(row.value, field) : undefined)
  const isOpened = opens(found.dataset)
  const born = isOpened ? of(fields.bornOn) : undefined
  const address = isOpened ? of(fields.address) : undefined
  const person = {
    id: String(found.entity),
    name: String(masked(of(fields.name) ?? '', 'name')),
    born: born ? born.slice(0, 4) : null,
    address: address ? String(masked(address, 'address')) : null,
    records: found.records,
  }
  const shown = [fields.name, ...(isOpened ? [fields.bornOn, fields.address] : [])]
  return { person, told: { ...found, fields: shown.flatMap((field) => field ?? []) } }
}

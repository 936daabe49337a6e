import { type RawBuilder, sql } from 'kysely'
import { datasetExtracts } from '#platform/registry'
import type { App, Work } from '#runtime'
import { readingOf } from '../../declarations/readings.ts'
import { noteTold } from '../file/note-told.ts'
import { namesOf } from '../firm/names.ts'

const PAGE = 50

/** Sorts of what cannot be: each a statement with `entity`, `dataset`, `row` and a day `on`. */
export const GHOSTS = [
  'paid-after-death',
  'dead-insured',
  'dead-relief',
  'dead-not-struck-off',
  'double-in-source',
  'closed-firm-active',
] as const

/** A pension is due up to the month of the death; what is paid for a later one is a finding. */
const statements = (table: (dataset: string) => RawBuilder<unknown>): Record<string, RawBuilder<unknown>> => {
  const dead = sql`(select d.entity, min(t.died_on) as died from one_file.record d
    join ${table('base.death')} t on t._id = d.row where d.dataset = 'base.death' and d.part = 0 group by 1)`
  const active = (dataset: string, more = sql``) => sql`
    select r.entity, r.dataset, r.row, x.died as "on" from ${dead} x join one_file.record r on r.entity = x.entity
    join ${table(dataset)} t on t._id = r.row where r.dataset = ${dataset} and r.part = 0 ${more}`
  return {
    'paid-after-death': active('base.pension', sql`and t.last_paid > to_char(x.died, 'YYYYMM')`),
    'dead-insured': active('base.medical-insured'),
    'dead-relief': active('base.low-income'),
    'dead-not-struck-off': active('base.resident', sql`and t.ended_on is null`),
    'double-in-source': sql`
      select entity, dataset, max(row) as row, null::date as "on" from one_file.record r
      left join ${table('base.resident')} t on r.dataset = 'base.resident' and t._id = r.row
      where part = 0 and t.ended_on is null
        and dataset in ('base.resident', 'base.medical-insured', 'base.low-income', 'base.pension', 'base.disabled-person', 'base.student')
      group by entity, dataset having count(*) > 1`,
    'closed-firm-active': sql`
      select r.entity, r.dataset, r.row, t.closed_on as "on" from ${table('base.firm')} t
      join one_file.record f on f.dataset = 'base.firm' and f.part = 0 and f.row = t._id
      join one_file.record r on r.entity = f.entity and r.dataset in ('base.statistical-unit', 'base.transport-operator') and r.part = 0
      where t.closed_on is not null`,
  }
}

/** One page of one sort, in the order of the entities. */
export async function doublesAndGhosts(app: App, work: Work, kind: string, after: string | undefined) {
  const extracts = app.use(datasetExtracts)
  const statement = statements((dataset) => sql.raw(extracts.get(dataset).table))[kind] ?? sql`select 1 where false`
  const { rows } = await sql<{ entity: number; dataset: string; row: number; on: string | null }>`
    select * from (${statement}) g where g.entity > ${after ?? '0'} order by g.entity limit ${PAGE + 1}`.execute(
    work.tx,
  )
  const shown = rows.slice(0, PAGE)
  const names = await namesOf(
    app,
    work,
    shown.map(({ entity }) => entity),
    new Set(),
  )
  noteTold(
    app,
    work,
    'one-file.report.read',
    shown.map(({ dataset, row }) => ({ dataset, row, fields: [readingOf(dataset)?.parts[0]?.fields.name ?? ''] })),
  )
  return {
    rows: shown.map(({ entity, dataset, row, on }) => ({
      entity: String(entity),
      kind: kind === 'closed-firm-active' ? 'firm' : 'person',
      name: names.get(entity)?.name ?? '',
      dataset,
      datasetTitle: extracts.get(dataset).dataset.title,
      row,
      on,
    })),
    next: rows.length > PAGE ? String(shown.at(-1)?.entity) : null,
  }
}

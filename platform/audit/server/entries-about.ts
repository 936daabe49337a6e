import { sql } from 'kysely'
import type { AuditLog } from '../contract.ts'
import { placeOf } from './find-entries.ts'

/**
 * Records about subjects. Each subject, row and handout is asked for by itself and no further than the page needs, its
 * index first: whatever the planner thinks, the log is never walked.
 */
export const entriesAbout: AuditLog['about'] = async (db, what, { before, limit }) => {
  const handouts = what.flatMap((each) => ('handout' in each ? [each.handout] : []))
  const subjects = what.flatMap((each) => ('handout' in each ? [] : [each]))
  const whole = subjects.filter(({ rows }) => rows === undefined)
  const named = subjects.flatMap(({ kind, id, rows = [], others = [] }) =>
    rows.map((row) => ({ kind, id, row: JSON.stringify([row]), others: JSON.stringify(others) })),
  )
  const place = before === undefined ? undefined : placeOf(before)
  const page = (entry: string) =>
    sql`${
      place ? sql`and (${sql.raw(entry)}.at, ${sql.raw(entry)}.id) < (${place.at}::timestamptz, ${place.id})` : sql``
    } order by ${sql.raw(entry)}.at desc, ${sql.raw(entry)}.id desc limit ${limit}`
  const { rows } = await sql<Found>`
    select distinct on (at, id) id::text as id, at, event, actor, organisation, subject_kind as kind, subject,
      coalesce(purpose, details ->> 'purpose') as purpose, details -> 'fields' as fields, details ->> 'handout' as handout from (
      select e.* from unnest(${whole.map(({ kind }) => kind)}::text[], ${whole.map(({ id }) => id)}::text[]) as w (kind, subject)
      cross join lateral (select e.* from audit.entry e where e.subject = w.subject and e.subject_kind = w.kind ${page('e')}) e
      union all
      select e.* from unnest(${named.map(({ kind }) => kind)}::text[], ${named.map(({ id }) => id)}::text[],
        ${named.map(({ row }) => row)}::jsonb[], ${named.map(({ others }) => others)}::jsonb[]) as w (kind, subject, row, others)
      cross join lateral (select n.* from (
        select * from audit.entry where details ? 'rows' and details -> 'rows' @> w.row offset 0) n
        where n.subject = w.subject and n.subject_kind = w.kind
          and (not n.details ? 'fields' or not n.details -> 'fields' <@ w.others) ${page('n')}) e
      union all
      select e.* from unnest(${handouts}::text[]) as w (handout)
      cross join lateral (select h.* from (
        select * from audit.entry where details ? 'handout' and details ->> 'handout' = w.handout offset 0) h
        where true ${page('h')}) e
    ) found order by at desc, id desc limit ${limit}`.execute(db)
  return rows.map(({ kind, subject, at, ...entry }) => ({
    ...entry,
    at: at.toISOString(),
    subject: { kind, id: subject },
  }))
}

interface Found {
  readonly id: string
  readonly at: Date
  readonly event: string
  readonly actor: string
  readonly organisation: string | null
  readonly purpose: string | null
  readonly kind: string
  readonly subject: string
  readonly fields: readonly string[] | null
  readonly handout: string | null
}

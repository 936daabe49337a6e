import { type RawBuilder, sql } from 'kysely'
import { Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, SIGNED_IN, type Work, words } from '#runtime'
import { holdersOf } from '../assignee.ts'
import type { Engine } from '../engine.ts'
import { contains } from '../find-text.ts'
import { listItems } from '../list-items.ts'
import { decodeCursor, encodeCursor, type Filter, filterSchema, itemExample, itemSchema } from '../schemas.ts'

type Tab = 'todo' | 'watching' | 'done'

interface InboxRow {
  readonly instance: number
  readonly sort: string
  readonly at: Date
  readonly signed_by: string | null
}

/** What the caller has to do, watches or has done: of the post in use and of the account. Headlines mask personal fields. */
export const inboxRoute = (engine: Engine): Route =>
  route({
    method: 'GET',
    path: '/api/loops/inbox',
    title: words('我的事项', 'My matters'),
    right: SIGNED_IN,
    audit: NOTHING_PERSONAL,
    query: Type.Object({
      tab: Type.Optional(
        Type.Union([Type.Literal('todo'), Type.Literal('watching'), Type.Literal('done')], { default: 'todo' }),
      ),
      ...filterSchema,
    }),
    response: Type.Object({ rows: Type.Array(itemSchema), next: Type.Union([Type.String(), Type.Null()]) }),
    example: { rows: [itemExample], next: null },
    handler: async ({ actor, query, work }) => {
      const { tab = 'todo', limit = 50, ...filter } = query
      const rows = await inboxRows(work, holdersOf(actor), tab, filter, limit + 1)
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        rows: await listItems(
          engine,
          work,
          page.map((row) => ({ instance: row.instance, since: row.at, signed_by: row.signed_by })),
        ),
        next: rows.length > limit && last ? encodeCursor([last.sort, last.instance]) : null,
      }
    },
  })

/**
 * One scan of the index alone for each of the caller's names, merged, and the rest of a row only for the page: a post with
 * many thousands open costs no more than a page.
 */
async function inboxRows(
  work: Work,
  holders: readonly string[],
  tab: Tab,
  filter: Filter,
  limit: number,
): Promise<readonly InboxRow[]> {
  const scans = holders.map((holder) =>
    tab === 'todo' ? todoScan(work, holder, filter, limit) : pastScan(holder, tab, filter, limit),
  )
  const order = tab === 'todo' ? sql`order by page.sort, instance` : sql`order by page.sort desc, instance desc`
  const { rows } = await sql<InboxRow>`with page as (
      select distinct on (sort, instance) instance, holder, sort from (${sql.join(scans, sql` union all `)}) as page
      ${order} limit ${limit})
    select instance, sort::text as sort, b.at, b.signed_by from page join loops.inbox b using (instance, holder)
    ${order}`.execute(work.tx)
  return rows
}

const todoScan = (work: Work, holder: string, filter: Filter, limit: number) => {
  const place = decodeCursor(filter.after)
  const from = place ? sql`and (due, instance) > (${place[0]}::timestamptz, ${place[1]}::bigint)` : sql``
  return sql`(select instance, holder, due as sort from loops.inbox
    where holder = ${holder} and state = 'todo' ${conditions(filter)} ${lightIs(filter.light, work.at)} ${from}
    order by due, instance limit ${limit})`
}

const pastScan = (holder: string, tab: Tab, filter: Filter, limit: number) => {
  const place = decodeCursor(filter.after)
  const from = place ? sql`and (at, instance) < (${place[0]}::timestamptz, ${place[1]}::bigint)` : sql``
  return sql`(select instance, holder, at as sort from loops.inbox
    where holder = ${holder} and state <> 'todo' and state = ${tab} ${conditions(filter)} ${from}
    order by at desc, instance desc limit ${limit})`
}

function conditions({ definition, division, text }: Filter): RawBuilder<unknown> {
  return sql.join(
    [
      definition === undefined ? sql`` : sql`and definition = ${definition}`,
      division === undefined ? sql`` : sql`and starts_with(division, ${division})`,
      text ? sql`and ${contains(sql`headline`, text)}` : sql``,
    ],
    sql` `,
  )
}

function lightIs(light: Filter['light'], now: Date): RawBuilder<unknown> {
  if (light === 'red') return sql`and due <= ${now}`
  if (light === 'yellow') return sql`and due > ${now} and warn <= ${now}`
  if (light === 'green') return sql`and due > ${now} and due < 'infinity' and warn > ${now}`
  return light === 'grey' ? sql`and due = 'infinity'` : sql``
}

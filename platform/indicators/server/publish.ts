import { sql } from 'kysely'
import { type App, InvalidInput, NotFound, type Work, words } from '#runtime'
import type { Indicator, Measured } from '../indicator.ts'
import type { Hooks } from './hooks.ts'
import { watchMembers } from './watch.ts'

const MOST_NAMED = 500

/** @throws NotFound */
export function getIndicator(app: App, id: string): Indicator {
  const found = app.declared('indicators').find(({ entry }) => entry.id === id)
  if (!found) throw new NotFound('unknown-indicator', words(`没有指标“${id}”`, `There is no measure "${id}"`))
  return found.entry
}

/** Stores what is new as a vintage, then looks at the warnings of the members that changed. */
export async function publishValues(app: App, hooks: Hooks, work: Work, id: string, values: readonly Measured[]) {
  const indicator = getIndicator(app, id)
  const given = checked(values)
  if (given.length === 0) return { changed: 0 }
  // One publisher of a measure at a time: vintages follow each other and a warning opens once.
  await sql`select pg_advisory_xact_lock(hashtext('indicators'), hashtext(${id}))`.execute(work.tx)
  const { rows } = await sql<{ member: string; period: Date }>`
    insert into indicators.value (indicator, member, period, vintage, value, basis, published_by)
    select ${id}, given.member, given.period, greatest(${work.at}::timestamptz, last.vintage + interval '1 millisecond'),
      given.value, given.basis, ${work.actor.id}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(member text, period timestamptz, value float8, basis jsonb)
    left join lateral (select vintage, value, basis from indicators.value v where v.indicator = ${id}
      and v.member = given.member and v.period = given.period order by vintage desc limit 1) last on true
    where last.vintage is null or (last.value, last.basis) is distinct from (given.value, given.basis)
    order by given.member, given.period
    returning member, period`.execute(work.tx)
  if (rows.length === 0) return { changed: 0 }
  const members = [...new Set(rows.map(({ member }) => member))]
  const periods = rows.map(({ period }) => period.getTime())
  const span = { from: isoOf(Math.min(...periods)), to: isoOf(Math.max(...periods)) }
  work.audit({
    event: 'indicators.values.published',
    subject: { kind: 'indicator', id },
    details: { values: rows.length, ...span },
  })
  work.emit({
    topic: 'indicators.values.published',
    key: id,
    data: { ...(members.length <= MOST_NAMED ? { members } : {}), ...span },
    audience: { right: 'indicators.read' },
  })
  await watchMembers(app, hooks, work, indicator, members)
  return { changed: rows.length }
}

const isoOf = (ms: number) => new Date(ms).toISOString()

/** The last word on each place, with periods as instants. @throws InvalidInput */
function checked(values: readonly Measured[]): Measured[] {
  const places = new Map<string, Measured>()
  for (const [index, { member, period, value, basis }] of values.entries()) {
    const at = Date.parse(period)
    if (Number.isNaN(at) || (value !== null && !Number.isFinite(value)))
      throw new InvalidInput('not-a-measure', words('指标值有误', 'A value of a measure is wrong'), [
        {
          path: `/${index}`,
          message: words('应为数值或空值，期间应为时刻', 'Must be a number or null, its period an instant'),
        },
      ])
    places.set(`${member} ${at}`, { member, period: isoOf(at), value, basis })
  }
  return [...places.values()]
}

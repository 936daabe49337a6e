import type pg from 'pg'
import { expect } from 'vitest'
import type { ClockRule } from '#platform/loops'
import { type ClockEvent, type ClockRules, chinaCalendar, clockState, parseDuration } from '#runtime'
import type { Errands } from './errands.ts'
import { errand } from './trial/module.ts'

const { places: PLACES } = errand

const RULES: ClockRules = {
  calendar: chinaCalendar,
  officeHours: { morning: [510, 720], afternoon: [810, 1050] },
  dayEnds: 'midnight',
  rollover: true,
  light: { warnShare: 0.8 },
}
const DEFINITION = `definition = 'faults.errand'`

interface Logged {
  readonly instance: number
  readonly revision: number
  readonly key: string
  readonly action: string
  readonly at: Date
  readonly actor: string
  readonly from_place: string | null
  readonly to_place: string
}

interface Matter {
  readonly id: number
  readonly key: string
  readonly place: string
  readonly revision: number
  readonly due: Date | null
  readonly ended_at: Date | null
}

/** What was confirmed is in the log exactly once, what was refused is not, and nothing else is but what clocks did. */
export async function checkDeeds(db: pg.ClientBase, errands: Errands): Promise<void> {
  const log = await logOf(db)
  const people = log.filter(({ actor, action }) => actor.startsWith('fault.') && action !== 'loops.open')
  const line = ({ instance, action, key, account }: Errands['done'][number]) =>
    `${instance} ${action} ${key} ${account}`
  const logged = people.map(({ actor, ...entry }) => line({ ...entry, account: actor }))
  expect(logged.toSorted()).toEqual(errands.done.map(line).toSorted())
  const keys = new Set(people.map(({ key }) => key))
  expect(errands.refused.filter(({ key }) => keys.has(key))).toEqual([])
  const rest = log.filter(({ actor, action }) => !actor.startsWith('fault.') && action !== 'loops.open')
  expect(rest.filter(({ action, actor }) => action !== 'wake' || actor !== 'system:loops.clock')).toEqual([])
  const { rows } = await db.query<Matter>(`select key, id from loops.instance where ${DEFINITION}`)
  expect(new Map(rows.map(({ key, id }) => [key, id]))).toEqual(errands.opened)
}

/** Every matter came without a gap to the one place where it is, lies with its holders only, and its clocks fit the log. */
export async function checkMatters(db: pg.ClientBase): Promise<void> {
  const log = Map.groupBy(await logOf(db), ({ instance }) => instance)
  const { rows } = await db.query<Matter>(`select * from loops.instance where ${DEFINITION}`)
  for (const { id, place, revision, due, ended_at } of rows) {
    const entries = log.get(id) ?? []
    expect(entries.map((entry) => entry.revision)).toEqual(Array.from({ length: revision }, (_, n) => n + 1))
    expect(entries.map(({ from_place }) => from_place)).toEqual([null, ...entries.slice(0, -1).map((e) => e.to_place)])
    expect([entries.at(-1)?.to_place, ended_at !== null]).toEqual([place, PLACES[place]?.kind === 'end'])
    if (!ended_at) expect([id, due]).toEqual([id, dueBy(entries, place)])
    for (const [n, { action, at }] of entries.entries())
      if (action === 'wake') expect(at.getTime() - (entries[n - 1]?.at ?? at).getTime()).toBeGreaterThanOrEqual(0)
  }
  const { rows: stray } = await db.query(`
    with held as (select i.id, h->>'who' as who from loops.instance i, jsonb_array_elements(i.holders) h where ${DEFINITION}),
      todo as (select instance as id, holder as who from loops.inbox where ${DEFINITION} and state = 'todo')
    (select * from held except select * from todo) union all (select * from todo except select * from held)`)
  expect(stray).toEqual([])
  // Only the clock of the resting place has something to do by itself.
  const { rows: clocks } = await db.query(`select i.id, i.place, k.next_at, k.failures
    from loops.instance i full join loops.clock k on k.instance = i.id
    where ${DEFINITION} and ((place = 'resting') <> (k.instance is not null) or failures > 0) and i.due is not null`)
  expect(clocks).toEqual([])
}

/** Each event of the errands has been heard exactly once by the subscriber, and its job has run. */
export async function checkOutbox(db: pg.ClientBase): Promise<void> {
  const { rows } = await db.query(`
    select count(*) as events, count(distinct e.id) filter (where h.times = 1) as heard, count(n.event) as noted,
      sum(jsonb_array_length(e.data->'actions')) as told,
      (select count(*) from loops.action a join loops.instance i on i.id = a.instance where ${DEFINITION}) as logged,
      (select count(*) from audit.entry where event in ('loops.opened', 'loops.acted')
        and details->>'definition' = 'faults.errand' and details ? 'revision') as audited,
      (select count(*) from faults.heard a left join runtime.event o on o.id = a.event
        where o.id is null or o.data->>'definition' = 'faults.errand') as all_heard
    from runtime.event e left join faults.heard h on h.event = e.id left join faults.noted n on n.event = e.id
    where topic = 'loops.instance.moved' and e.data->>'definition' = 'faults.errand'`)
  const { events, logged } = rows[0]
  expect(rows[0]).toEqual({
    events,
    heard: events,
    noted: events,
    told: logged,
    logged,
    audited: logged,
    all_heard: events,
  })
}

async function logOf(db: pg.ClientBase): Promise<Logged[]> {
  const { rows } = await db.query<Logged>(`select a.* from loops.action a join loops.instance i on i.id = a.instance
    where ${DEFINITION} order by instance, revision`)
  return rows
}

/** The nearest limit of the clock over the matter and of its place's, counted anew from the log. */
function dueBy(entries: readonly Logged[], place: string): Date | null {
  const arrived = entries.findLastIndex(({ from_place, to_place }) => from_place !== to_place)
  const limits = [dueOf(errand.clock, entries), dueOf(PLACES[place]?.clock, entries.slice(arrived))]
  const running = limits.flatMap((limit) => limit ?? [])
  return running.length > 0 ? new Date(Math.min(...running.map(Number))) : null
}

function dueOf(rule: ClockRule | undefined, [first, ...rest]: readonly Logged[]): Date | null {
  if (!rule || !first) return null
  const events: ClockEvent[] = [{ at: first.at, type: 'start', duration: parseDuration(String(rule.limit)) }]
  for (const { action, at } of rest) {
    const isPaused = events.at(-1)?.type === 'pause'
    if (action === 'loops.pause' && !isPaused) events.push({ at, type: 'pause', reason: '—' })
    if (action === 'loops.resume' && isPaused) events.push({ at, type: 'resume' })
  }
  return clockState(events, RULES, rest.at(-1)?.at ?? first.at).due
}

import { Conflict, type Work, words } from '#runtime'
import type { ClockRule, LoopDefinition, Place } from '../../contract.ts'
import { resolve } from '../assignee.ts'
import { type ClockName, type Clocks, clocksBy, ruleOf, type StoredClock, startClock } from '../clocks.ts'
import type { Draft } from '../draft.ts'
import type { Engine } from '../engine.ts'
import type { Holder } from '../row.ts'
import { setData } from '../set-data.ts'

/** Where matters go: to a version, and for places that it lacks, to which other. */
export interface MovePlan {
  readonly definition: string
  readonly to: number
  readonly places: Readonly<Record<string, string>>
}

/** Places of running matters that the new version lacks and the plan does not map. */
export const unmapped = (target: LoopDefinition, { places }: MovePlan, present: readonly string[]): string[] =>
  present.filter((name) => !target.places[places[name] ?? name])

/**
 * Makes a matter follow another version: its place is mapped, data checked, terms become the new ones counted from the
 * same beginning, and where the new version means other people for the place it goes to them.
 * @throws InvalidInput (data), Conflict (no such place)
 */
export async function move(
  engine: Engine,
  work: Work,
  draft: Draft,
  target: LoopDefinition,
  plan: MovePlan,
): Promise<Draft> {
  const { row, definition: old } = draft
  const from = row.place
  const to = plan.places[from] ?? from
  const place = target.places[to]
  if (!place || place.kind === 'end')
    throw new Conflict('no-place', words(`新版流程没有环节“${from}”`, `The new version lacks the place "${from}"`))
  const mapped = (name: string) => plan.places[name] ?? name
  const { back, ...memory } = row.memory
  row.memory = {
    ...memory,
    held: Object.fromEntries(Object.entries(memory.held).map(([name, held]) => [mapped(name), held])),
    ...(back && target.places[mapped(back.place)] ? { back: { ...back, place: mapped(back.place) } } : {}),
  }
  row.version = target.version
  row.place = to
  row.moved = row.revision
  const moved: Draft = { ...draft, definition: target, row }
  setData(moved, row.data)
  row.clocks = recast(draft, old, from, target, to)
  if (!row.memory.dispute && row.lead === null)
    row.holders = await holdersAfter(engine, work, moved, old.places[from], place)
  return moved
}

/** Those who have it keep it unless the new version means others for this place. */
async function holdersAfter(
  engine: Engine,
  work: Work,
  { row }: Draft,
  before: Place | undefined,
  place: Place,
): Promise<readonly Holder[]> {
  if (!place.assign || JSON.stringify(before?.assign) === JSON.stringify(place.assign)) return row.holders
  const found = await resolve(engine, work, row, place.assign)
  if (found.length === 0 || row.holders.some(({ who }) => found.includes(who))) return row.holders
  return found.map((who) => ({ who }))
}

function recast({ row }: Draft, old: LoopDefinition, from: string, target: LoopDefinition, to: string): Clocks {
  const one = (name: ClockName, since: Date): StoredClock | undefined =>
    recastOne(row.clocks[name], ruleOf(old, from, name), ruleOf(target, to, name), row.data, since)
  const started = target.clock?.from === undefined || row.clocks.matter !== undefined
  return clocksBy((name) => {
    if (name !== 'matter') return one(name, row.place_since)
    return started ? one(name, row.opened_at) : undefined
  })
}

function recastOne(
  clock: StoredClock | undefined,
  before: ClockRule | undefined,
  rule: ClockRule | undefined,
  data: Readonly<Record<string, unknown>>,
  since: Date,
): StoredClock | undefined {
  if (!rule) return undefined
  if (!clock) return startClock(rule, data, since)
  if (JSON.stringify(before) === JSON.stringify(rule)) return clock
  const first = clock.events[0]
  const begun = first && startClock(rule, data, new Date(first.at))
  return begun ? { events: [...begun.events, ...clock.events.slice(1)], taken: clock.taken } : undefined
}

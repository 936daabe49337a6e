import type { Work } from '#runtime'
import type { Place } from '../contract.ts'
import { findRuling } from './arbitrate.ts'
import { assign, holderOf, resolve } from './assignee.ts'
import { clocksBy, ruleOf, startClock, withEvent } from './clocks.ts'
import { type Draft, timeIn } from './draft.ts'
import type { Engine } from './engine.ts'
import { overseer } from './may-read.ts'
import { tellAccounts } from './notify.ts'
import { type Holder, toInstance } from './row.ts'

/** Puts an instance into a place: clocks and holders. */
export async function arrive(
  engine: Engine,
  work: Work,
  draft: Draft,
  name: string,
  holders?: readonly Holder[],
): Promise<void> {
  const { row, definition } = draft
  const place = definition.places[name] as Place
  const at = timeIn(draft, work)
  const { dispute: _, caretaken: __, ...memory } = row.memory
  row.memory = memory
  row.place = name
  row.place_since = at
  row.moved = row.revision
  startClocks(draft, at)
  if (place.kind === 'end') return end(engine, work, draft, place)
  row.ended_at = null
  row.outcome = null
  row.late = false
  const before = row.holders
  row.holders = row.lead === null ? (holders ?? (await holdersIn(engine, work, draft, place))) : []
  if (draft.before && row.holders !== before) tellAccounts(draft)
}

function startClocks(draft: Draft, at: Date): void {
  const { row, definition } = draft
  const whole = definition.clock
  const starts = whole && (whole.from === undefined ? !draft.before : whole.from === row.place)
  const matter = row.clocks.matter ?? (starts ? startClock(whole, row.data, at) : undefined)
  row.clocks = clocksBy((name) => {
    if (name === 'matter') return matter
    const rule = ruleOf(definition, row.place, name)
    return rule && startClock(rule, row.data, at)
  })
}

async function holdersIn(engine: Engine, work: Work, draft: Draft, place: Place): Promise<readonly Holder[]> {
  const { row } = draft
  if (place.assign) {
    const ruled = await findRuling(work, draft)
    const { found, isStoodIn } = ruled
      ? { found: [ruled], isStoodIn: false }
      : await assign(engine, work, row, place.assign)
    if (isStoodIn) row.memory = { ...row.memory, caretaken: true }
    return (found.length > 0 ? found : await caretakers(engine, work, draft)).map((who) => ({ who }))
  }
  const earlier = row.memory.held[row.place]
  if (earlier) return earlier
  if (place.kind === 'waiting') return []
  if (work.actor.kind === 'system') return row.holders
  return [{ who: holderOf(work.actor), signed: work.actor.id }]
}

/** Nobody holds the right: those who supervise there must find somebody, so that no matter lies unseen. */
async function caretakers(engine: Engine, work: Work, draft: Draft): Promise<readonly string[]> {
  const { row } = draft
  engine.app.log.warn({ loop: row.id, place: row.place }, 'nobody is assigned; goes to those who supervise')
  row.memory = { ...row.memory, caretaken: true }
  return resolve(engine, work, row, overseer(draft.definition))
}

async function end(engine: Engine, work: Work, draft: Draft, place: Place): Promise<void> {
  const { row, definition } = draft
  const at = timeIn(draft, work)
  row.ended_at = at
  row.outcome = place.outcome ?? 'done'
  row.holders = []
  row.late = row.due !== null && at >= row.due
  const { matter } = row.clocks
  row.clocks =
    matter && definition.clock
      ? { matter: withEvent(matter, { at: at.toISOString(), type: 'stop' }, definition.clock, at) }
      : {}
  tellAccounts(draft)
  await engine.hooks.ended(definition.id)?.(work, toInstance(row, work.at))
}

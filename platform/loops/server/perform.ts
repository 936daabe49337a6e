import { checkForm } from '#platform/forms'
import { type Actor, Conflict, Defect, InvalidInput, system, type Work, words } from '#runtime'
import type { Action, Place } from '../contract.ts'
import { actionsOf } from '../generic-actions.ts'
import { arrive } from './arrive.ts'
import { holderOf } from './assignee.ts'
import { type ClockName, ruleOf, withEvent } from './clocks.ts'
import { type Deed, type Draft, timeIn } from './draft.ts'
import type { Engine } from './engine.ts'
import { doGeneric } from './generic-effects.ts'
import { type Memory, toInstance } from './row.ts'
import { setData } from './set-data.ts'
import { startsFrom } from './walk-definition.ts'

/**
 * Does one action that is allowed: guards, effects, data, clocks, the move and what follows from it. Nothing is written
 * yet. @throws Conflict when a guard refuses, InvalidInput when form or data do not fit
 */
export async function perform(engine: Engine, work: Work, draft: Draft, deed: Deed): Promise<void> {
  const { row, definition } = draft
  const action = actionsOf(definition)[deed.action]
  if (!action) throw new Defect(`Loop ${definition.id} has no action "${deed.action}".`)
  const form = deed.form ?? {}
  if (action.form && !deed.bySystem) checkForm(action.form, form, '/form')
  if (!deed.bySystem) checkEvidence(action, deed)
  await askGuards(engine, work, draft, action, form)

  const at = timeIn(draft, work)
  const actor: Actor = deed.bySystem ? system(`loops.${deed.bySystem}`) : work.actor
  const from = row.place
  const back = row.holders
  await takeData(engine, work, draft, action, form)
  row.revision += 1
  row.acted_at = at
  remember(draft, deed.action, actor)
  turnClocks(draft, action, form, actor, at)
  const generic = await doGeneric(engine, work, draft, deed)
  const to = generic?.to ?? (await targetOf(engine, work, draft, action, form))
  const line = {
    instance: row.id,
    revision: row.revision,
    key: deed.key,
    action: deed.action,
    at,
    actor: actor.id,
    actor_kind: actor.kind,
    post: actor.post ?? null,
    on_behalf: actor.onBehalfOf ?? null,
    from_place: from,
    to_place: to ?? from,
    form: generic?.form ?? (Object.keys(form).length > 0 ? form : null),
    note: deed.note ?? null,
    evidence: deed.evidence && deed.evidence.length > 0 ? deed.evidence : null,
    readers: generic?.readers ?? null,
  }
  draft.log.push(line)
  if (actor.kind !== 'system') draft.doers.add(holderOf(actor))
  if (to === undefined) return
  keepWay(draft, from, back, generic?.to === undefined && actor.kind !== 'system')
  await arrive(engine, work, draft, to, generic?.holders)
  await doRemembered(engine, work, draft)
}

const LONGEST_CHAIN = 20

/** A signal that came before the matter was in this place counts now. */
export async function doRemembered(engine: Engine, work: Work, draft: Draft): Promise<void> {
  const { row, definition } = draft
  if (row.ended_at || draft.log.length > LONGEST_CHAIN) return
  for (const signal of row.memory.signals ?? [])
    for (const [id, action] of Object.entries(definition.actions))
      if (action.automatic === signal && startsFrom(action, row.place, definition.places[row.place] as Place))
        return perform(engine, work, draft, { action: id, key: `${signal}:${row.revision}`, bySystem: signal })
}

function checkEvidence(action: Action, deed: Deed): void {
  const needed = action.evidence ?? 0
  if ((deed.evidence?.length ?? 0) >= needed) return
  throw new InvalidInput(
    'evidence-missing',
    words(`请至少附 ${needed} 份佐证材料`, `Attach at least ${needed} files as evidence`),
    [{ path: '/evidence', message: words(`至少 ${needed} 份`, `At least ${needed}`) }],
  )
}

async function askGuards(
  engine: Engine,
  work: Work,
  { row }: Draft,
  action: Action,
  form: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const name of action.guards ?? []) {
    const why = await engine.hooks.guard(name)(work, toInstance(row, work.at), form)
    if (why) throw new Conflict('not-now', why)
  }
}

/** Fields of the form that the matter knows too, and what the effects return, become its data. */
async function takeData(
  engine: Engine,
  work: Work,
  draft: Draft,
  action: Action,
  form: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { row, definition } = draft
  const own = action.form ? Object.entries(form).filter(([name]) => definition.data.properties[name]) : []
  let data = { ...row.data, ...Object.fromEntries(own) }
  for (const name of action.effects ?? []) {
    const more = await engine.hooks.effect(name)(work, toInstance({ ...row, data }, work.at), form)
    if (more) data = { ...data, ...more }
  }
  if (own.length === 0 && !action.effects?.length) return
  setData(draft, data)
}

function remember(draft: Draft, action: string, actor: Actor): void {
  const { memory } = draft.row
  const before = memory.done[action]
  const mine = actor.kind === 'system' ? [] : [...new Set([`account:${actor.id}`, holderOf(actor)])]
  const by = [...new Set([...mine, ...(before?.by ?? [])])].slice(0, 20)
  draft.row.memory = { ...memory, done: { ...memory.done, [action]: { n: (before?.n ?? 0) + 1, by } } }
}

/** Who held the place that is left, and whether the next holder may send it back. */
function keepWay(draft: Draft, from: string, holders: Memory['held'][string], mayReturn: boolean): void {
  const { memory } = draft.row
  const isOpen = draft.definition.places[from]?.kind === 'open'
  const { back: _, ...rest } = memory
  draft.row.memory = {
    ...rest,
    held: { ...memory.held, [from]: holders },
    ...(mayReturn && isOpen ? { back: { place: from, holders } } : {}),
  }
}

function turnClocks(
  draft: Draft,
  { clock }: Action,
  form: Readonly<Record<string, unknown>>,
  actor: Actor,
  at: Date,
): void {
  if (!clock) return
  const reason = String(form.reason ?? '') || '—'
  if (clock.pause) turn(draft, ['matter', 'place'], { type: 'pause', reason }, at)
  if (clock.resume) turn(draft, ['matter', 'place'], { type: 'resume' }, at)
  draft.turned = true
  if (clock.restart) turn(draft, ['matter'], { type: 'restart' }, at)
  const more = typeof clock.extend === 'object' ? form[clock.extend.field] : clock.extend
  if (typeof more === 'string' && more !== '')
    turn(draft, [draft.row.clocks.matter ? 'matter' : 'place'], { type: 'extend', duration: more, by: actor.id }, at)
}

type Turn = Omit<Parameters<typeof withEvent>[1], 'at'>

function turn(draft: Draft, names: readonly ClockName[], event: Turn, at: Date): void {
  const { row, definition } = draft
  const clocks = { ...row.clocks }
  for (const name of names) {
    const clock = clocks[name]
    const rule = ruleOf(definition, row.place, name)
    if (clock && rule) clocks[name] = withEvent(clock, { at: at.toISOString(), ...event }, rule, at)
  }
  row.clocks = clocks
}

async function targetOf(
  engine: Engine,
  work: Work,
  { row, definition }: Draft,
  { to }: Action,
  form: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  if (typeof to !== 'object') return to
  const chosen = await engine.hooks.choice(to.choose)(work, toInstance(row, work.at), form)
  if (!to.among.includes(chosen))
    throw new Defect(
      `The hook "${to.choose}" of ${definition.id} chose "${chosen}", which is not among ${to.among.join(', ')}.`,
    )
  return chosen
}

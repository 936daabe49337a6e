import { sql } from 'kysely'
import { Conflict, Defect, dueDate, parseDuration, type Work, words } from '#runtime'
import { termRules } from '../term-rules.ts'
import { refuse, rule } from './arbitrate.ts'
import { holderOf } from './assignee.ts'
import { type Clocks, startClock } from './clocks.ts'
import { divide } from './divide.ts'
import { type Deed, type Draft, timeIn, watch } from './draft.ts'
import type { Engine } from './engine.ts'
import { hold, type Outcome } from './hold.ts'
import { endLike, merge, split } from './merge.ts'
import { tellHolders } from './notify.ts'

type GenericEffect = (
  engine: Engine,
  work: Work,
  draft: Draft,
  form: Readonly<Record<string, unknown>>,
) => Outcome | Promise<Outcome>

/** Does what a generic action does; undefined for an action of the definition. @throws Conflict */
export function doGeneric(
  engine: Engine,
  work: Work,
  draft: Draft,
  deed: Deed,
): Outcome | Promise<Outcome> | undefined {
  return effects[deed.action]?.(engine, work, draft, deed.form ?? {})
}

const effects: Readonly<Record<string, GenericEffect>> = {
  'loops.refuse': (engine, work, draft, form) => refuse(engine, work, draft, form),
  'loops.rule': (_engine, work, draft, form) => rule(work, draft, form),
  'loops.share-clock': async (_engine, work, { row }) => {
    const { rows } = await sql<{ clocks: Clocks }>`select clocks from loops.instance where id = ${row.parent}`.execute(
      work.tx,
    )
    const matter = rows[0]?.clocks.matter
    if (matter) row.clocks = { ...row.clocks, matter }
    return {}
  },
  'loops.merge': (engine, work, draft, form) => merge(engine, work, draft, form),
  'loops.split': (engine, work, draft) => split(engine, work, draft),
  'loops.divide': (engine, work, draft, form) => divide(engine, work, draft, form),
  'loops.follow': (_engine, _work, draft, form) => ({ to: endLike(draft.definition, form) }),
  'loops.sign': (_engine, { actor }, draft) => {
    const mine = holderOf(actor)
    const one = draft.row.holders.find(({ who }) => who === mine || who === `account:${actor.id}`)
    if (!one) throw new Defect('Somebody signs who does not have the matter.')
    hold(draft, [{ who: one.who, signed: actor.id }])
    return {}
  },
  'loops.transfer': (_engine, _work, draft, form) => {
    hold(draft, [{ who: String(form.to) }])
    tellHolders(draft, {
      title: words('转给您一件事项', 'A matter was transferred to you'),
      text: String(form.reason),
    })
    return {}
  },
  'loops.return': (_engine, _work, draft, form) => {
    const { back } = draft.row.memory
    if (!back) throw new Conflict('no-way-back', words('没有可以退回的上一步', 'There is no step before to return to'))
    tellHolders(draft, {
      title: words('一件事项被退回', 'A matter was returned to you'),
      text: String(form.reason),
    })
    return { to: back.place, holders: back.holders }
  },
  'loops.urge': (_engine, _work, draft, form) => {
    tellHolders(draft, {
      title: words('催办', 'You are urged'),
      text: String(form.text),
      urgency: 'urgent',
    })
    return {}
  },
  'loops.supervise': (_engine, work, draft, form) => {
    draft.row.supervised_at = timeIn(draft, work)
    watch(draft, holderOf(work.actor))
    tellHolders(draft, {
      title: words('督办', 'Your matter is supervised'),
      text: String(form.text),
      urgency: 'urgent',
    })
    return {}
  },
  'loops.instruct': (_engine, work, draft, form) => {
    watch(draft, holderOf(work.actor))
    const restricted = form.restricted === true
    const text = restricted ? '' : String(form.text)
    tellHolders(draft, { title: words('领导批示', 'There is an instruction'), text, urgency: 'urgent' })
    if (!restricted) return {}
    return { readers: [...new Set([holderOf(work.actor), ...draft.row.holders.map(({ who }) => who)])] }
  },
  'loops.reopen': (_engine, work, draft) => {
    const { reopen, clock } = draft.definition
    const ended = draft.row.ended_at
    if (!reopen || !ended) throw new Defect('A matter is taken up again that cannot be.')
    const at = timeIn(draft, work)
    if (at >= dueDate(ended, parseDuration(reopen.within), termRules(true)))
      throw new Conflict(
        'too-late',
        words('已超过可以重新办理的期限', 'The time in which it may be taken up again is over'),
      )
    draft.row.ended_at = null
    draft.row.lead = null
    const matter = clock && startClock(clock, draft.row.data, at)
    if (matter) draft.row.clocks = { matter }
    return { to: reopen.to }
  },
}

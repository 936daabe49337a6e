import { sql } from 'kysely'
import { Defect, type Work, words } from '#runtime'
import { holderOf, resolve } from './assignee.ts'
import { type Draft, timeIn, watch } from './draft.ts'
import type { Engine } from './engine.ts'
import { hold, type Outcome } from './hold.ts'
import { overseer } from './may-read.ts'
import { tellHolders } from './notify.ts'

type Form = Readonly<Record<string, unknown>>

/** "Not mine": the matter goes to those who rule on it and stands still until they have. */
export async function refuse(engine: Engine, work: Work, draft: Draft, form: Form): Promise<Outcome> {
  const { row, definition } = draft
  if (!definition.refusal) throw new Defect(`Loop ${definition.id} has no arbiter.`)
  const found = await resolve(engine, work, row, definition.refusal.to)
  const arbiters = found.length > 0 ? found : await resolve(engine, work, row, overseer(definition))
  row.memory = { ...row.memory, dispute: { holders: row.holders } }
  watch(draft, holderOf(work.actor))
  hold(
    draft,
    arbiters.map((who) => ({ who })),
  )
  tellHolders(draft, {
    title: words('承办争议待裁定', 'A dispute over a matter awaits your ruling'),
    text: String(form.reason),
  })
  return {}
}

/** The ruling: it goes to the post named, and so will the next of the same subject. */
export async function rule(work: Work, draft: Draft, form: Form): Promise<Outcome> {
  const { row, definition } = draft
  const { dispute: _, ...memory } = row.memory
  row.memory = memory
  const holder = String(form.to)
  hold(draft, [{ who: holder }])
  const text = String(form.reason)
  tellHolders(draft, { title: words('裁定由您承办', 'It was ruled that the matter is yours'), text })
  const at = timeIn(draft, work)
  const subject = subjectOf(draft)
  draft.after.push(async () => {
    await sql`insert into loops.ruling (definition, place, subject, holder, instance, reason, ruled_at, ruled_by)
      values (${definition.id}, ${row.place}, ${subject}, ${holder}, ${row.id}, ${text}, ${at}, ${work.actor.id})`.execute(
      work.tx,
    )
  })
  return {}
}

/** Whose matters of this subject are in this place, if somebody ruled on it. */
export async function findRuling(work: Work, draft: Draft): Promise<string | undefined> {
  const { row, definition } = draft
  if (!definition.refusal || definition.places[row.place]?.kind !== 'open') return undefined
  const { rows } = await sql<{ holder: string }>`select holder from loops.ruling
    where definition = ${definition.id} and place = ${row.place} and subject = ${subjectOf(draft)}
      and withdrawn_at is null order by id desc limit 1`.execute(work.tx)
  return rows[0]?.holder
}

const subjectOf = ({ row, definition }: Draft): string =>
  JSON.stringify((definition.refusal?.subject ?? []).map((field) => row.data[field] ?? null))

import { sql } from 'kysely'
import { Conflict, type Work, words } from '#runtime'
import type { LoopDefinition } from '../contract.ts'
import { amend } from './amend.ts'
import { resolve } from './assignee.ts'
import type { Draft } from './draft.ts'
import type { Engine } from './engine.ts'
import { hold, type Outcome } from './hold.ts'
import { numberOf } from './number-of.ts'
import type { Row } from './row.ts'

type Form = Readonly<Record<string, unknown>>

/** Lets a duplicate follow another matter: nobody has it any more, its clock runs on, and it ends with the other. */
export async function merge(engine: Engine, work: Work, draft: Draft, form: Form): Promise<Outcome> {
  const { row } = draft
  const into = numberOf(String(form.into))
  const { rows } = await sql<Row>`select * from loops.instance where id = ${into} for update`.execute(work.tx)
  const [lead] = rows
  if (!lead || !(await engine.service.mayRead(work, String(into))))
    throw refused('没有找到主事项', 'The matter that should lead was not found')
  if (into === row.id || lead.ended_at !== null || lead.lead !== null)
    throw refused('主事项须是另一件在办且未并入他处的事项', 'It must be another open matter that follows none itself')
  const { rows: own } = await sql`select 1 from loops.instance where lead = ${row.id} limit 1`.execute(work.tx)
  if (own.length > 0) throw refused('已有事项并入本事项', 'Others were merged into this one')
  row.lead = into
  row.memory = { ...row.memory, merged: row.holders }
  hold(draft, [])
  tellLead(engine, work, draft, into, 'loops.gained')
  return {}
}

/** The time line of the matter that leads says it too; an open page of it does not become stale. */
function tellLead(engine: Engine, work: Work, draft: Draft, lead: number, action: 'loops.gained' | 'loops.lost'): void {
  const matter = String(draft.row.id)
  draft.after.push(async () => {
    await amend(engine, work, lead, action, async () => ({ matter }))
  })
}

const refused = (zh: string, en: string) => new Conflict('cannot-merge', words(zh, en))

/** Gives a merged matter back to those who had it. */
export async function split(engine: Engine, work: Work, draft: Draft): Promise<Outcome> {
  const { row, definition } = draft
  const { merged = [], ...memory } = row.memory
  row.memory = memory
  if (row.lead !== null) tellLead(engine, work, draft, row.lead, 'loops.lost')
  row.lead = null
  const found =
    merged.length > 0
      ? merged.map(({ who }) => who)
      : await resolve(engine, work, row, definition.places[row.place]?.assign)
  hold(
    draft,
    found.map((who) => ({ who })),
  )
  return {}
}

/** End of a definition that is nearest to the end of the matter that led: by name, by outcome, or the first. */
export function endLike({ places }: LoopDefinition, { place, outcome }: Form): string {
  const ends = Object.entries(places).filter(([, { kind }]) => kind === 'end')
  const near =
    ends.find(([name, end]) => name === place && end.outcome === outcome) ??
    ends.find(([, end]) => end.outcome === outcome) ??
    ends[0]
  return near?.[0] ?? String(place)
}

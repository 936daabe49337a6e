import { sql } from 'kysely'
import type { Actor, Db } from '#runtime'

export interface Instruction {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly text: string
  readonly given_by: string
  readonly registered_by: string
  readonly node: string | null
  readonly due: string
  readonly loop: string | null
  readonly at: Date
  readonly part: string
}

/** Names under which somebody may have been named: the account, and the post in use. */
export const namesOf = (actor: Actor): readonly string[] => [
  `account:${actor.id}`,
  ...(actor.post === undefined ? [] : [`post:${actor.post}`]),
]

/** Instructions whose readers name the actor, the latest first; there is no right that shows others. */
export async function instructionsFor(db: Db, actor: Actor, id?: string): Promise<readonly Instruction[]> {
  const one = id === undefined ? sql`` : sql`and i.id = ${id}`
  const { rows } = await sql<Instruction>`
    select i.id, i.number, i.title, i.text, i.given_by, i.registered_by, i.node, to_char(i.due, 'YYYY-MM-DD') as due, i.loop, i.at,
      (select string_agg(r.part, ',' order by r.part) from supervision_cloud.instruction_reader r
        where r.instruction = i.id and r.holder = any(${namesOf(actor)})) as part
    from supervision_cloud.instruction i
    where exists (select from supervision_cloud.instruction_reader r
      where r.instruction = i.id and r.holder = any(${namesOf(actor)})) ${one}
    order by i.at desc, i.id limit 500`.execute(db)
  return rows
}

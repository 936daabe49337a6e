import { sql } from 'kysely'
import type { Work } from '#runtime'
import type { Draft } from '../draft.ts'
import { type Engine, people } from '../engine.ts'
import type { Holder } from '../row.ts'

/** What is open of one who leaves goes to others: `post:<id>` or `account:<id>`. */
export interface HandOverPlan {
  readonly from: string
  /** Who gets what `kinds` does not name; absent: it stays. */
  readonly to?: string
  /** Who gets the matters of a definition. */
  readonly kinds?: Readonly<Record<string, string>>
}

/** Who gets a matter of this definition, if anybody. */
export const receiverOf = ({ to, kinds }: HandOverPlan, definition: string): string | undefined =>
  kinds?.[definition] ?? to

/** The matters of a plan, as a condition on their inbox `b`. */
export const handedOver = ({ from, to, kinds = {} }: HandOverPlan) =>
  to === undefined ? sql`${heldBy(from)} and b.definition = any(${Object.keys(kinds)}::text[])` : heldBy(from)

/** What was ruled to be his is the receivers' from now on. */
export async function passRulings(work: Work, { from, to, kinds = {} }: HandOverPlan): Promise<void> {
  for (const [definition, receiver] of Object.entries(kinds))
    await sql`update loops.ruling set holder = ${receiver}
      where holder = ${from} and definition = ${definition} and withdrawn_at is null`.execute(work.tx)
  if (to !== undefined)
    await sql`update loops.ruling set holder = ${to} where holder = ${from} and withdrawn_at is null`.execute(work.tx)
}

/** Open matters that somebody has, or has signed for on a post. */
export const heldBy = (holder: string) =>
  holder.startsWith('account:')
    ? sql`b.state = 'todo' and (b.holder = ${holder} or b.signed_by = ${holder.slice('account:'.length)})`
    : sql`b.state = 'todo' and b.holder = ${holder}`

/**
 * Gives a matter to the other: what lay with the one who leaves, and what he had signed for on a post. A successor on
 * the same post takes over the signature; else the post has it again.
 */
export async function handOver(engine: Engine, work: Work, { row }: Draft, plan: HandOverPlan): Promise<void> {
  const { from } = plan
  const to = receiverOf(plan, row.definition)
  if (to === undefined) return
  const account = from.startsWith('account:') ? from.slice('account:'.length) : undefined
  const given: Holder[] = []
  for (const holder of row.holders) given.push(await successor(engine, work, holder, account, { from, to }))
  const unique = new Map(given.map((holder) => [holder.who, holder]))
  row.holders = [...unique.values()]
  row.moved = row.revision
  row.memory = {
    ...row.memory,
    held: Object.fromEntries(
      Object.entries(row.memory.held).map(([place, held]) => [
        place,
        held.map((one) => (one.who === from ? { who: to } : one)),
      ]),
    ),
    watchers: [...new Set(row.memory.watchers.map((who) => (who === from ? to : who)))],
  }
}

async function successor(
  engine: Engine,
  work: Work,
  holder: Holder,
  account: string | undefined,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Holder> {
  if (holder.who === from) return { who: to }
  if (account === undefined || holder.signed !== account) return holder
  if (to.startsWith('post:')) return { who: to }
  const post = holder.who.replace(/^post:/, '')
  const next = to.replace(/^account:/, '')
  const colleagues = await people(engine).accountsOf(post, work.tx)
  return colleagues.some(({ id }) => id === next) ? { who: holder.who, signed: next } : { who: holder.who }
}

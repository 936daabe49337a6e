import { sql } from 'kysely'
import type { Work } from '#runtime'
import { findRef } from '../refs.ts'
import type { EntityKind } from '../run/gathered.ts'
import { lookAgain } from '../run/records.ts'

/** Two records, by their references. */
interface Two {
  readonly a: string
  readonly b: string
}

/** What a person said of two records. */
export interface Verdict extends Two {
  readonly kind: EntityKind
  readonly same: boolean
  /** Account. */
  readonly by: string
}

/**
 * Makes decisions of verdicts. The latest word counts: it ends those that said the contrary of the same two records and,
 * where two files become one, those that kept any of their records apart. The next run looks at them again.
 */
export async function keepVerdicts(work: Work, verdicts: readonly Verdict[], reason: string): Promise<void> {
  await endContrary(work, verdicts)
  const joined = verdicts.filter(({ same }) => same)
  const ended = await endApart(work, joined)
  await sql`insert into one_file.decision (kind, a, b, same, by, at, reason)
    select kind, a, b, same, by, ${work.at}, ${reason} from ${listed(verdicts)}
    where not exists (select from one_file.decision d where d.ended_at is null and (d.a, d.b) in ((v.a, v.b), (v.b, v.a)))`.execute(
    work.tx,
  )
  await lookAgain(
    work,
    [...verdicts, ...ended].flatMap(({ a, b }) => [a, b]).flatMap((text) => findRef(text) ?? []),
  )
}

const listed = (verdicts: readonly Verdict[]) => sql`unnest(${verdicts.map(({ kind }) => kind)}::text[],
  ${verdicts.map(({ a }) => a)}::text[], ${verdicts.map(({ b }) => b)}::text[],
  ${verdicts.map(({ same }) => same)}::boolean[], ${verdicts.map(({ by }) => by)}::text[]) as v (kind, a, b, same, by)`

const endContrary = (work: Work, verdicts: readonly Verdict[]) =>
  sql`update one_file.decision d set ended_at = ${work.at} from ${listed(verdicts)}
    where d.ended_at is null and d.same <> v.same and (d.a, d.b) in ((v.a, v.b), (v.b, v.a))`.execute(work.tx)

/** What keeps records of the two files apart ends; of a record that was taken out of a file, all that was decided then. */
async function endApart(work: Work, joined: readonly Verdict[]): Promise<readonly Two[]> {
  const sides = joined.flatMap(({ a, b }, pair) => [a, b].map((text, side) => ({ pair, side, ref: findRef(text) })))
  const column = <T>(value: (side: (typeof sides)[number]) => T) => sides.map(value)
  const { rows } = await sql<Two>`with sides as (
      select s.pair, s.side, r.dataset || '/' || r.row || '/' || r.part as ref
      from unnest(${column(({ pair }) => pair)}::int[], ${column(({ side }) => side)}::int[],
        ${column(({ ref }) => ref?.dataset)}::text[], ${column(({ ref }) => ref?.row)}::bigint[],
        ${column(({ ref }) => ref?.part)}::smallint[]) as s (pair, side, dataset, row, part)
      join one_file.record f using (dataset, row, part) join one_file.record r on r.entity = f.entity),
    apart as (
      select d.id, d.a, d.split from one_file.decision d join sides x on d.a = x.ref join sides y on d.b = y.ref
      where d.ended_at is null and not d.same and x.pair = y.pair and x.side <> y.side)
    update one_file.decision d set ended_at = ${work.at} from apart
    where d.ended_at is null and not d.same and (d.id = apart.id or (d.a, d.split) = (apart.a, apart.split))
    returning d.a, d.b`.execute(work.tx)
  return rows
}

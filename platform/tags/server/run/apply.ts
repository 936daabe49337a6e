import type { Readable } from 'node:stream'
import type { CopyIn } from '#platform/registry'
import type { Db } from '#runtime'
import { firstOf, sql } from '../tables.ts'

export interface Applied {
  readonly added: number
  readonly removed: number
}

/** Takes in the values of a subject's very first run, straight, and without indexes if there is nothing else. */
export async function applyFirst(tx: Db, copyIn: CopyIn, text: Readable): Promise<void> {
  const found = await firstOf(tx, sql<{ aside: boolean }>`select tags.indexes_aside() as aside`)
  await copyIn.stream(tx, 'copy tags.carried (run, tag, member, value, since) from stdin (format csv)', text)
  if (found?.aside) await sql`select tags.indexes_back()`.execute(tx)
}

/**
 * Takes in what differs: values that no longer hold are known no longer, and where they did hold for a while it is
 * known until when.
 * @param isWhole the text holds all values, since those of the run before are lost: they are compared here
 */
export async function applyChanges(
  tx: Db,
  copyIn: CopyIn,
  { run, day, isWhole, numbers }: { run: number; day: string; isWhole: boolean; numbers: readonly number[] },
  text: Readable,
): Promise<Applied> {
  await stage(tx, copyIn, text)
  if (isWhole) await compareHere(tx, numbers)
  await sql`create index on fresh (tag, member)`.execute(tx)
  await sql`analyze fresh`.execute(tx)
  const gone = await sql`update tags.carried c set ended = ${run} from fresh f
    where f.sign = '-' and c.tag = f.tag and c.member = f.member and c.until is null and c.ended is null`.execute(tx)
  await sql`insert into tags.carried (tag, member, value, since, until, run)
    select o.tag, o.member, o.value, o.since, coalesce(n.since, ${day}::date), ${run}
    from fresh o left join fresh n on n.sign = '+' and n.tag = o.tag and n.member = o.member
    where o.sign = '-' and o.since < coalesce(n.since, ${day}::date)`.execute(tx)
  const added = await sql`insert into tags.carried (tag, member, value, since, run)
    select tag, member, value, since, ${run} from fresh where sign = '+'`.execute(tx)
  return { added: Number(added.numAffectedRows ?? 0), removed: Number(gone.numAffectedRows ?? 0) }
}

async function stage(tx: Db, copyIn: CopyIn, text: Readable): Promise<void> {
  await sql`create temp table fresh (sign text, tag int, member bigint, value text, since date) on commit drop`.execute(
    tx,
  )
  await copyIn.stream(tx, 'copy pg_temp.fresh from stdin (format csv)', text)
}

/** Leaves in `fresh` what differs from what is known. */
async function compareHere(tx: Db, numbers: readonly number[]): Promise<void> {
  const now = sql`select tag, member, value, since from tags.carried
    where until is null and ended is null and tag = any(${[...numbers]})`
  await sql`create temp table known on commit drop as ${now}`.execute(tx)
  await sql`create temp table gone on commit drop as
    select * from known except select tag, member, value, since from fresh`.execute(tx)
  await sql`delete from fresh f using known k where k.tag = f.tag and k.member = f.member and k.value = f.value
    and k.since = f.since`.execute(tx)
  await sql`insert into fresh select '-', tag, member, value, since from gone`.execute(tx)
}

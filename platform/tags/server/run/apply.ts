import type { Readable } from 'node:stream'
import type { BulkCopy } from '#platform/registry'
import type { Db } from '#runtime'
import { firstOf, sql } from '../tables.ts'

export interface Applied {
  readonly added: number
  readonly removed: number
}

/** Takes in the values of a subject's very first run, straight, and without indexes if there is nothing else. */
export async function applyFirst(tx: Db, copy: BulkCopy, text: Readable): Promise<void> {
  const found = await firstOf(tx, sql<{ aside: boolean }>`select tags.indexes_aside() as aside`)
  await copy.stream(tx, 'copy tags.carried (run, tag, member, value, since) from stdin (format csv)', text)
  if (found?.aside) await sql`select tags.indexes_back()`.execute(tx)
}

/**
 * Takes in what differs: values that no longer hold are known no longer, and where they did hold for a while it is
 * known until when.
 * @param isWhole the text holds all values, since those of the run before are lost: they are compared here
 */
export async function applyChanges(
  tx: Db,
  copy: BulkCopy,
  { run, day, isWhole, numbers }: { run: number; day: string; isWhole: boolean; numbers: readonly number[] },
  text: Readable,
): Promise<Applied> {
  await sql`create temp table differing (
    tag int, member bigint, value text, since date, old_value text, old_since date) on commit drop`.execute(tx)
  if (isWhole) await compareHere(tx, copy, numbers, text)
  else await copy.stream(tx, 'copy pg_temp.differing from stdin (format csv)', text)
  await sql`analyze differing`.execute(tx)
  const gone = await sql`update tags.carried c set ended = ${run} from differing d where d.old_value is not null
    and c.tag = d.tag and c.member = d.member and c.until is null and c.ended is null`.execute(tx)
  await sql`insert into tags.carried (tag, member, value, since, until, run)
    select tag, member, old_value, old_since, coalesce(since, ${day}::date), ${run} from differing
    where old_since < coalesce(since, ${day}::date)`.execute(tx)
  const added = await sql`insert into tags.carried (tag, member, value, since, run)
    select tag, member, value, since, ${run} from differing where value is not null`.execute(tx)
  return { added: Number(added.numAffectedRows ?? 0), removed: Number(gone.numAffectedRows ?? 0) }
}

/** Fills `differing` with what all values, as they are now, differ in from what is known. */
async function compareHere(tx: Db, copy: BulkCopy, numbers: readonly number[], text: Readable): Promise<void> {
  await sql`create temp table fresh (tag int, member bigint, value text, since date) on commit drop`.execute(tx)
  await copy.stream(tx, 'copy pg_temp.fresh from stdin (format csv)', text)
  await sql`analyze fresh`.execute(tx)
  await sql`insert into differing
    select coalesce(f.tag, k.tag), coalesce(f.member, k.member), f.value, f.since, k.value, k.since
    from fresh f full join (select tag, member, value, since from tags.carried
      where until is null and ended is null and tag = any(${[...numbers]})) k on k.tag = f.tag and k.member = f.member
    where f.tag is null or k.tag is null or f.value <> k.value or f.since <> k.since`.execute(tx)
}

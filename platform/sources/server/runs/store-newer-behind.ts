import { Conflict, type Work, words } from '#runtime'
import { comesOnce } from '../../contract.ts'
import { mustHaveBytes } from '../keeping/must-have-bytes.ts'
import { copyOf, type PartRow, type RunChange, type RunRow, sourcesTables } from '../tables.ts'
import { getFeed, getSource } from './run-store.ts'

/**
 * A stopped run holds older values than the runs that stored something since. What can be asked for again, or is whole
 * in the later run, needs it no more. Files and pushed batches come only once: what only they hold is stored, and behind
 * them what later runs stored is stored again, so that newer values stay.
 * @returns what of the run has changed by that @throws Conflict newer-stored, bytes-gone
 */
export async function storeNewerBehind(work: Work, run: RunRow, own: readonly PartRow[]): Promise<RunChange> {
  const later = await storedSince(work, run)
  if (later.length === 0) return {}
  const { source, definition } = await getFeed(work.tx, run.feed)
  const { connection } = await getSource(work.tx, source)
  const runs = [...new Set(later.map((part) => part.run))]
  const named = runs.slice(-3)
  if (own.length === 0 || !comesOnce(connection) || definition.deletes === 'missing')
    throw new Conflict(
      'newer-stored',
      words(
        `之后的第 ${named.join('、')} 次采集已经入库，继续这次采集会用旧数据覆盖新数据；如需补采，请重新采集`,
        `Runs after it (${named.join(', ')}) have stored newer data, which this one would overwrite; collect again instead`,
      ),
    )
  mustHaveBytes(later)
  const first = Math.max(...own.map(({ ordinal }) => ordinal)) + 1
  const copies = later.map((part, at) => ({ ...copyOf(part), run: run.id, ordinal: first + at }))
  for (let at = 0; at < copies.length; at += AT_ONCE)
    await sourcesTables(work.tx)
      .insertInto('sources.part')
      .values(copies.slice(at, at + AT_ONCE))
      .execute()
  const sum = (what: 'rows' | 'bytes') => later.reduce((all, part) => all + (part[what] ?? 0), run[what])
  const remark = words(
    `之后的 ${runs.length} 次采集已先入库：这次的数据入库后，又按次序把之后的数据存了一遍，新值没有被旧值覆盖`,
    `${runs.length} later runs had stored their data first: behind the data of this one theirs were stored again in their order, so that no newer value was overwritten`,
  )
  return { rows: sum('rows'), bytes: sum('bytes'), remark: JSON.stringify(remark) }
}

/** Parts written in one statement. */
const AT_ONCE = 500

/** Parts that later runs of the feed, replays aside, have stored or begun to store, in their order. */
async function storedSince({ tx }: Work, { feed, id }: RunRow): Promise<PartRow[]> {
  return sourcesTables(tx)
    .selectFrom('sources.part')
    .innerJoin('sources.run', 'sources.run.id', 'sources.part.run')
    .selectAll('sources.part')
    .where('sources.run.feed', '=', feed)
    .where('sources.run.id', '>', id)
    .where('sources.run.replay_of', 'is', null)
    .where('sources.part.kind', '!=', 'unreadable')
    .where(({ eb, or }) => or([eb('sources.part.load', 'is not', null), eb('sources.part.is_done', '=', true)]))
    .orderBy('sources.part.run')
    .orderBy('sources.part.ordinal')
    .execute()
}

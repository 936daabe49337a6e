import { sql } from 'kysely'
import { Conflict, type Work, words } from '#runtime'
import { comesOnce } from '../../contract.ts'
import { mustHaveBytes } from '../keeping/must-have-bytes.ts'
import type { PartRow, RunChange, RunRow } from '../tables.ts'
import { getFeed, getSource } from './run-store.ts'

/** So many parts are stored again behind a run: some ten minutes in which its feed stores nothing else. Own choice. */
const MOST = 500

/**
 * A stopped run holds older values than the runs that stored something since. What can be asked for again, or is whole
 * in the later run, needs it no more. Files and pushed batches come only once: what only they hold is stored, and behind
 * them what later runs stored is stored again, so that newer values stay. A run that was stopped once more has some of
 * that already, and takes only the rest.
 * @returns what of the run has changed by that @throws Conflict newer-stored, too-much-newer, bytes-gone
 */
export async function storeNewerBehind(work: Work, run: RunRow, own: readonly PartRow[]): Promise<RunChange> {
  const later = await laterOf(work, run)
  if (later.parts === 0) return {}
  const { source, definition } = await getFeed(work.tx, run.feed)
  const { connection } = await getSource(work.tx, source)
  if (own.length === 0 || !comesOnce(connection) || definition.deletes === 'missing') throw newerStored(later.runs)
  const before = own.flatMap(({ from_run }) => from_run ?? [])
  if (before.length + later.parts > MOST) throw tooMuchNewer()
  mustHaveBytes([later])
  const next = Math.max(...own.map(({ ordinal }) => ordinal)) + 1
  await sql`insert into sources.part (run, ordinal, from_run, from_ordinal, kind, file, name, bytes, rows, reading, columns)
    select ${run.id}, ${next}::int - 1 + row_number() over (order by run, ordinal), run, ordinal,
      kind, file, name, bytes, rows, reading, columns from (${stillToStore(run)}) later`.execute(work.tx)
  const count = new Set([...before, ...later.runs]).size
  const remark = words(
    `之后的 ${count} 次采集已先入库：这次的数据入库后，又按次序把之后的数据存了一遍，新值没有被旧值覆盖`,
    `${count} later runs had stored their data first: behind the data of this one theirs were stored again in their order, so that no newer value was overwritten`,
  )
  return { rows: run.rows + later.rows, bytes: run.bytes + later.bytes, remark: JSON.stringify(remark) }
}

interface Later {
  readonly parts: number
  readonly rows: number
  readonly bytes: number
  /** Ascending. */
  readonly runs: readonly number[]
  readonly gone_at: Date | null
}

async function laterOf({ tx }: Work, run: RunRow): Promise<Later> {
  const { rows } = await sql<Later>`select count(*) as parts, coalesce(sum(rows), 0)::bigint as rows,
      coalesce(sum(bytes), 0)::bigint as bytes, max(gone_at) as gone_at,
      coalesce(jsonb_agg(distinct run order by run), '[]') as runs
    from (${stillToStore(run)}) later`.execute(tx)
  return rows[0] as Later
}

/**
 * Parts that later runs of the feed, replays aside, have stored or begun to store, in their order, from the first that
 * does not stand behind this run yet: what comes after that one has to be stored after it too. One more than may be.
 */
const stillToStore = ({ feed, id }: RunRow) => sql`
  with later as (
    select p.* from sources.part p join sources.run r on r.id = p.run
    where r.feed = ${feed} and r.id > ${id} and r.replay_of is null
      and p.from_run is null and p.kind <> 'unreadable' and (p.load is not null or p.is_done)),
  first as (
    select run, ordinal from later
    where not exists (select from sources.part c
      where c.run = ${id} and c.from_run = later.run and c.from_ordinal = later.ordinal)
    order by run, ordinal limit 1)
  select later.* from later, first where (later.run, later.ordinal) >= (first.run, first.ordinal)
  order by later.run, later.ordinal limit ${MOST + 1}`

function newerStored(runs: readonly number[]): Conflict {
  const named = runs.slice(-3)
  return new Conflict(
    'newer-stored',
    words(
      `之后的第 ${named.join('、')} 次采集已经入库，继续这次采集会用旧数据覆盖新数据；如需补采，请重新采集`,
      `Runs after it (${named.join(', ')}) have stored newer data, which this one would overwrite; collect again instead`,
    ),
  )
}

const tooMuchNewer = (): Conflict =>
  new Conflict(
    'too-much-newer',
    words(
      `之后已入库的文件或批次超过 ${MOST} 个，不能再接在这次采集后面重存一遍。这次采集中仍需要的数据，请供数单位按现值重新提供（推送的用新的 Idempotency-Key）`,
      `More than ${MOST} files or batches have been stored since, too many to be stored again behind this run. Ask whoever hands the data over to do so again, with present values, for what of this run is still wanted (what is pushed, with a new Idempotency-Key)`,
    ),
  )

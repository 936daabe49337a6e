import { sql } from 'kysely'
import { system, type Work } from '#runtime'
import { DEFAULTS } from '../../definition.ts'
import type { SourcesParts } from '../parts.ts'

const actor = system('sources.keeping')
/** For so long bytes whose term is over are tried to be deleted again, in case a day's work was cut short. */
const AGAIN_DAYS = 7
/** Their names are in one record. */
const AT_ONCE = 50

/** Once a day: bytes of runs that ended longer ago than their feed keeps them are deleted. What they brought stays. */
export async function forgetBytes(parts: SourcesParts, signal: AbortSignal): Promise<void> {
  await parts.app.work(actor, endTerms)
  const files = await notNeeded(parts)
  for (let at = 0; at < files.length && !signal.aborted; at += AT_ONCE) {
    const some = files.slice(at, at + AT_ONCE)
    const importedBy = [...new Set(some.flatMap(({ feeds }) => feeds.map((feed) => `system:sources.${feed}`)))]
    await parts.desk.discard(actor, { files: some.map(({ file }) => file), importedBy })
  }
}

async function endTerms({ tx, at, audit }: Work): Promise<void> {
  const { rows } = await sql<{ feed: string; keep_days: number; bytes: number; run: number }>`
    update sources.part p set gone_at = ${at}
    from sources.run r join sources.feed f on f.id = r.feed
    where p.run = r.id and p.gone_at is null
      and r.ended_at < ${at}::timestamptz - coalesce((f.definition ->> 'keepDays')::int, ${DEFAULTS.keepDays}) * interval '1 day'
    returning r.feed, coalesce((f.definition ->> 'keepDays')::int, ${DEFAULTS.keepDays}) as keep_days, p.bytes, p.run`.execute(
    tx,
  )
  for (const [feed, gone] of Map.groupBy(rows, (row) => row.feed))
    audit({
      event: 'sources.bytes.deleted',
      subject: { kind: 'sources.feed', id: feed },
      details: {
        files: gone.length,
        bytes: gone.reduce((sum, { bytes }) => sum + Number(bytes), 0),
        lastRun: Math.max(...gone.map(({ run }) => Number(run))),
        keepDays: gone[0]?.keep_days ?? DEFAULTS.keepDays,
      },
    })
}

/** Files that no run within its term has, with the feeds that had them. */
async function notNeeded({
  app,
}: SourcesParts): Promise<readonly { readonly file: string; readonly feeds: string[] }[]> {
  const { rows } = await sql<{ file: string; feeds: string[] }>`
    select p.file, array_agg(distinct r.feed) as feeds from sources.part p join sources.run r on r.id = p.run
    where p.file in (select file from sources.part where gone_at > ${app.now()}::timestamptz - ${AGAIN_DAYS} * interval '1 day')
      and not exists (select from sources.batch b where b.file = p.file and b.run is null)
    group by p.file having bool_and(p.gone_at is not null)`.execute(app.db)
  return rows
}

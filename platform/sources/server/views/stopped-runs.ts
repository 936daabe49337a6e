import { sql } from 'kysely'
import type { Db, Words } from '#runtime'
import { comesOnce } from '../../contract.ts'
import type { SourceRow } from '../tables.ts'

/** A run that was stopped before everything that it holds was stored, and that nobody hands over again by himself. */
export interface StoppedRun {
  readonly id: number
  readonly feedTitle: Words
  readonly startedAt: Date
}

/** Runs that are named at once. */
const MOST = 20

/** Latest first, at most 20; only of files and pushed batches whose bytes are kept: all else is asked for again. */
export async function stoppedRuns(db: Db, { id, connection }: SourceRow): Promise<readonly StoppedRun[]> {
  if (!comesOnce(connection)) return []
  const { rows } = await sql<StoppedRun>`
    select r.id, f.definition -> 'title' as "feedTitle", r.started_at as "startedAt"
    from sources.run r join sources.feed f on f.id = r.feed
    where f.source = ${id} and r.state in ('cancelled', 'failed') and r.replay_of is null
      and exists (select from sources.part p where p.run = r.id and not p.is_done)
      and not exists (select from sources.part p where p.run = r.id and p.gone_at is not null)
    order by r.id desc limit ${MOST}`.execute(db)
  return rows
}

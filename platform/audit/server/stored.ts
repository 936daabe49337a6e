import { sql } from 'kysely'
import type { Db } from '#runtime'
import type { Checkpoint } from './chain.ts'
import type { Entry } from './entry.ts'

export interface StoredEntry extends Entry {
  readonly xid: string
  readonly mac: Buffer
}

/** Columns of an entry, `e.` in a query. */
export const ENTRY_COLUMNS = sql`e.id, e.xid::text as xid, e.at, e.event, e.actor_kind, e.actor, e.post, e.on_behalf,
  e.organisation, e.organisation_path, e.session, e.subject_kind, e.subject, e.purpose, e.details, e.key_id, e.mac`

const CHECKPOINT_COLUMNS = sql`from_seq, to_seq, xid::text as xid, entry_id, at, root, key_id, signature`

export async function findLastCheckpoint(db: Db): Promise<Checkpoint | undefined> {
  const { rows } = await sql<Checkpoint>`select ${CHECKPOINT_COLUMNS} from audit.checkpoint
    order by to_seq desc limit 1`.execute(db)
  return rows[0]
}

export async function checkpointsAfter(db: Db, seq: number, limit: number): Promise<readonly Checkpoint[]> {
  const { rows } = await sql<Checkpoint>`select ${CHECKPOINT_COLUMNS} from audit.checkpoint
    where to_seq > ${seq} order by to_seq limit ${limit}`.execute(db)
  return rows
}

export async function findSignature(db: Db, toSeq: number): Promise<string | undefined> {
  const { rows } = await sql<{ signature: Buffer }>`select signature from audit.checkpoint
    where to_seq = ${toSeq}`.execute(db)
  return rows[0]?.signature.toString('hex')
}

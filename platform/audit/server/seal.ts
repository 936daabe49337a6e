import { sql } from 'kysely'
import { buildMerkleTree, type Keys, recordMac, signHead } from '#platform/crypto'
import type { Db } from '#runtime'
import { BEGINNING, CHECKPOINT_KEYS, type Checkpoint, linkHash, type Range, signedRecords } from './chain.ts'
import { entryBytes } from './entry.ts'
import { ENTRY_KEYS } from './sink.ts'
import { ENTRY_COLUMNS, findLastCheckpoint, type StoredEntry } from './stored.ts'

/** Entries linked in one transaction. */
export const BATCH = 4_000
const LOCK = 8_240_119

/** A place in the stream of entries. */
export interface Place {
  readonly xid: string
  readonly entry_id: number
}

export interface Sealed {
  /** Up to which entry the stream has been read. */
  readonly place: Place
  readonly read: number
  readonly checkpoint: Checkpoint | undefined
  /** Entries without a right mac; they are left out of the chain for the verification to find. */
  readonly foreign: readonly number[]
}

/** Takes the chain for this transaction: one process at a time links. */
export async function lockChain(tx: Db, wait: boolean): Promise<boolean> {
  if (wait) return Boolean(await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx))
  const { rows } = await sql<{ ok: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as ok`.execute(tx)
  return rows[0]?.ok ?? false
}

/** Links the next entries after `from` or the last check point and signs them; needs the lock. */
export async function sealBatch(tx: Db, keys: Keys, now: Date, from: Place): Promise<Sealed> {
  const before = await findLastCheckpoint(tx)
  const start = later(from, before)
  const entries = await entriesAfter(tx, start)
  const last = entries.at(-1)
  if (!last) return { place: start, read: 0, checkpoint: undefined, foreign: [] }
  if (entries.some((entry) => !keys.of(ENTRY_KEYS).all.some((key) => key.id === entry.key_id))) await keys.reload()
  const own = entries.filter((entry) => isOwn(keys, entry))
  const place = { xid: last.xid, entry_id: last.id }
  const foreign = entries.filter((entry) => !own.includes(entry)).map((entry) => entry.id)
  const checkpoint = own.length > 0 ? await link(tx, keys, now, before, place, own) : undefined
  return { place, read: entries.length, checkpoint, foreign }
}

/** Whether the program wrote this entry just so. */
export function isOwn(keys: Keys, entry: StoredEntry, bytes = entryBytes(entry)): boolean {
  const key = keys.of(ENTRY_KEYS).all.find(({ id }) => id === entry.key_id)
  return key !== undefined && recordMac(key, bytes).equals(entry.mac)
}

async function link(
  tx: Db,
  keys: Keys,
  now: Date,
  before: Checkpoint | undefined,
  place: Place,
  entries: readonly StoredEntry[],
): Promise<Checkpoint> {
  const first = (before?.to_seq ?? 0) + 1
  let hash = before ? await getHash(tx, before.to_seq) : BEGINNING
  const hashes = entries.map((entry, index) => {
    hash = linkHash(hash, first + index, entry.mac, entryBytes(entry))
    return hash
  })
  const range: Range = { from_seq: first, to_seq: first + entries.length - 1, ...place }
  const { id, pair } = keys.signer(CHECKPOINT_KEYS)
  const tree = buildMerkleTree(signedRecords(before, range, hashes))
  const head = signHead(CHECKPOINT_KEYS, tree, pair, now)
  const checkpoint: Checkpoint = {
    ...range,
    at: new Date(head.at),
    root: Buffer.from(head.root, 'hex'),
    key_id: id,
    signature: Buffer.from(head.signature, 'hex'),
  }
  await sql`insert into audit.link (seq, entry_id, hash)
    select ${first}::bigint + n - 1, id, hash
    from unnest(${entries.map((entry) => entry.id)}::bigint[], ${hashes}::bytea[]) with ordinality as l(id, hash, n)`.execute(
    tx,
  )
  await sql`insert into audit.checkpoint (from_seq, to_seq, xid, entry_id, at, root, key_id, signature)
    values (${range.from_seq}, ${range.to_seq}, ${range.xid}::xid8, ${range.entry_id}, ${checkpoint.at},
      ${checkpoint.root}, ${id}, ${checkpoint.signature})`.execute(tx)
  return checkpoint
}

/** Entries before which nothing can appear any more, oldest first. */
async function entriesAfter(tx: Db, place: Place): Promise<readonly StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`select ${ENTRY_COLUMNS} from audit.entry e
    where (e.xid, e.id) > (${place.xid}::xid8, ${place.entry_id})
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.id limit ${BATCH}`.execute(tx)
  return rows
}

/** The link that a check point ends with; a removed one leaves a wrong hash, which the verification names. */
async function getHash(tx: Db, seq: number): Promise<Buffer> {
  const { rows } = await sql<{ hash: Buffer }>`select hash from audit.link where seq = ${seq}`.execute(tx)
  return rows[0]?.hash ?? BEGINNING
}

function later(one: Place, other: Place | undefined): Place {
  if (!other) return one
  const order = BigInt(one.xid) - BigInt(other.xid)
  const isLater = order > 0n || (order === 0n && one.entry_id >= other.entry_id)
  return isLater ? one : { xid: other.xid, entry_id: other.entry_id }
}

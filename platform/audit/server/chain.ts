import { canonicalBytes, sm3 } from '#platform/crypto'

/** Purpose of the keys that sign check points, and of what they sign. */
export const CHECKPOINT_KEYS = 'audit.checkpoint'

/** What the first link follows. */
export const BEGINNING = Buffer.alloc(32)

/** A check point as it is stored. */
export interface Checkpoint {
  readonly from_seq: number
  readonly to_seq: number
  /** With `entry_id` the place in the stream of entries up to which all are linked. */
  readonly xid: string
  readonly entry_id: number
  readonly at: Date
  readonly root: Buffer
  readonly key_id: number
  readonly signature: Buffer
}

/** SM3 of hash before ‖ seq (8 bytes) ‖ mac ‖ canonical bytes of the record. */
export function linkHash(before: Uint8Array, seq: number, mac: Uint8Array, bytes: Uint8Array): Buffer {
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(seq))
  return sm3(Buffer.concat([before, number, mac, bytes]))
}

/** Where a batch stands. */
export type Range = Pick<Checkpoint, 'from_seq' | 'to_seq' | 'xid' | 'entry_id'>

/**
 * What a check point signs: the whole check point before, its own range, and its links. So the last signature covers
 * everything before it.
 */
export const signedRecords = (before: Checkpoint | undefined, range: Range, hashes: readonly Buffer[]): Buffer[] => [
  before ? canonicalBytes(checkpointJson(before)) : canonicalBytes(null),
  canonicalBytes([range.from_seq, range.to_seq, range.xid, range.entry_id]),
  ...hashes,
]

/** Records in the tree beside the links. */
export const EXTRA_RECORDS = 2

/** A check point as plain JSON, for the file kept outside the database. */
export const checkpointJson = (checkpoint: Checkpoint) => ({
  from_seq: checkpoint.from_seq,
  to_seq: checkpoint.to_seq,
  xid: checkpoint.xid,
  entry_id: checkpoint.entry_id,
  at: checkpoint.at.toISOString(),
  root: checkpoint.root.toString('hex'),
  key_id: checkpoint.key_id,
  signature: checkpoint.signature.toString('hex'),
})

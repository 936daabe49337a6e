import { sql } from 'kysely'
import { buildMerkleTree, type Keys, verifyHead } from '#platform/crypto'
import type { App, Db } from '#runtime'
import type { Fault, Verification } from '../contract.ts'
import { BEGINNING, CHECKPOINT_KEYS, type Checkpoint, EXTRA_RECORDS, linkHash, signedRecords } from './chain.ts'
import { entryBytes } from './entry.ts'
import { type KeptHead, readKeptHead } from './kept-head.ts'
import { isOwn } from './seal.ts'
import { keptHeadFile, type Sealer } from './sealer.ts'
import { checkpointsAfter, ENTRY_COLUMNS, findSignature, type StoredEntry } from './stored.ts'
import { findUnlinked } from './unlinked.ts'

const PAGE = 4_000

type Link = { readonly seq: number; readonly entry_id: number; readonly hash: Buffer } & (
  | StoredEntry
  | { readonly id: null }
)

/** Proves the log whole or names the first fault, on one snapshot, in memory that does not grow with the log. */
export async function verifyLog(
  app: App,
  keys: Keys,
  sealer: Sealer,
  progress: (checked: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Verification> {
  // A chain that was cut cannot always be continued; the walk says where.
  const failed = (error: unknown) => app.log.error({ err: error }, 'the audit log cannot be sealed')
  await sealer.sealConfirmed().catch(failed)
  const due = await oldestRunning(app.db)
  await sealer.sealAll(true).catch(failed)
  await keys.reload()
  return app.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const walk = new Walk(keys, tx, progress, signal)
      const linked = (await walk.run()) ?? (await checkKept(tx, readKeptHead(keptHeadFile(app)), walk.last))
      const first = await findUnlinked(tx, due, walk.last, linked)
      return { whole: first === undefined, checked: walk.checked, ...(first ? { first } : {}) }
    })
}

/** Everything below it is confirmed or gone, so sealing after reading it must have linked it. */
async function oldestRunning(db: Db): Promise<string> {
  const { rows } = await sql<{ xmin: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(db)
  return rows[0]?.xmin ?? '0'
}

class Walk {
  readonly #keys: Keys
  readonly #tx: Db
  readonly #progress: (checked: number) => void
  readonly #signal: AbortSignal | undefined
  #checkpoints: Checkpoint[] = []
  #hashes: Buffer[] = []
  #hash: Buffer = BEGINNING
  #after: string | undefined
  checked = 0
  last: Checkpoint | undefined

  constructor(keys: Keys, tx: Db, progress: (checked: number) => void, signal: AbortSignal | undefined) {
    this.#keys = keys
    this.#tx = tx
    this.#progress = progress
    this.#signal = signal
  }

  async run(): Promise<Fault | undefined> {
    for (let page = await this.#page(); page.length > 0; page = await this.#page()) {
      for (const [index, link] of page.entries()) {
        const fault = this.#checkLink(link, page[index + 1]) ?? (await this.#closeAt(link.seq))
        if (fault) return fault
      }
      this.#progress(this.checked)
      this.#signal?.throwIfAborted()
    }
    const open = await this.#nextCheckpoint()
    if (open) return this.#fault('removed', 'link', { seq: this.checked + 1 })
    return this.last && !this.#isSigned(this.last) ? checkpointFault(this.last) : undefined
  }

  async #page(): Promise<readonly Link[]> {
    const { rows } = await sql<Link>`select l.seq, l.entry_id, l.hash, ${ENTRY_COLUMNS}
      from audit.link l left join audit.entry e on e.id = l.entry_id
      where l.seq > ${this.checked} order by l.seq limit ${PAGE}`.execute(this.#tx)
    return rows
  }

  #checkLink(link: Link, next: Link | undefined): Fault | undefined {
    const seq = this.checked + 1
    if (link.seq !== seq) return this.#fault('removed', 'link', { seq })
    if (link.id === null) return this.#fault('removed', 'entry', { seq, id: String(link.entry_id) })
    const bytes = entryBytes(link)
    if (!isOwn(this.#keys, link, bytes)) return this.#fault('changed', 'entry', { seq, id: String(link.id) })
    const hash = linkHash(this.#hash, seq, link.mac, bytes)
    if (!hash.equals(link.hash)) {
      const fits = next && next.id !== null && linkHash(hash, seq + 1, next.mac, entryBytes(next)).equals(next.hash)
      return this.#fault(fits || !next ? 'changed' : 'removed', 'link', {
        seq,
        ...(fits ? { id: String(link.id) } : {}),
      })
    }
    this.#hash = hash
    this.#hashes.push(hash)
    this.#after = String(link.id)
    this.checked = seq
    return undefined
  }

  /** Compares a check point when the walk has reached its end. */
  async #closeAt(seq: number): Promise<Fault | undefined> {
    const checkpoint = await this.#nextCheckpoint()
    if (!checkpoint || checkpoint.from_seq !== seq - this.#hashes.length + 1)
      return this.#fault('removed', 'checkpoint', { seq })
    if (checkpoint.to_seq > seq) return undefined
    const tree = buildMerkleTree(signedRecords(this.last, checkpoint, this.#hashes))
    if (!tree.root.equals(checkpoint.root))
      return checkpointFault(this.last && !this.#isSigned(this.last) ? this.last : checkpoint)
    this.#checkpoints.shift()
    this.#hashes = []
    this.last = checkpoint
    return undefined
  }

  async #nextCheckpoint(): Promise<Checkpoint | undefined> {
    if (this.#checkpoints.length === 0)
      this.#checkpoints.push(...(await checkpointsAfter(this.#tx, this.last?.to_seq ?? 0, PAGE)))
    return this.#checkpoints[0]
  }

  /** Each check point is part of what the next one signs, so one good signature stands for all before it. */
  #isSigned({ from_seq, to_seq, at, root, key_id, signature }: Checkpoint): boolean {
    if (!this.#keys.of(CHECKPOINT_KEYS).all.some(({ id }) => id === key_id)) return false
    const size = to_seq - from_seq + 1 + EXTRA_RECORDS
    const claim = { purpose: CHECKPOINT_KEYS, size, root: root.toString('hex'), at: at.toISOString() }
    const { pair } = this.#keys.signer(CHECKPOINT_KEYS, key_id)
    return verifyHead({ ...claim, signature: signature.toString('hex') }, pair.publicKey)
  }

  #fault(fault: Fault['fault'], part: Fault['part'], where: { seq: number; id?: string }): Fault {
    return { fault, part, ...where, ...(this.#after ? { after: this.#after } : {}) }
  }
}

const checkpointFault = ({ to_seq }: Checkpoint): Fault => ({ fault: 'signature', part: 'checkpoint', seq: to_seq })

/** The end cannot be cut off unnoticed, because the newest check point is also kept outside the database. */
async function checkKept(tx: Db, head: KeptHead | undefined, last: Checkpoint | undefined): Promise<Fault | undefined> {
  if (!head || (await findSignature(tx, head.to_seq)) === head.signature) return undefined
  const seq = Math.min((last?.to_seq ?? 0) + 1, head.to_seq)
  return { fault: 'removed', part: 'checkpoint', seq, ...(last ? { after: String(last.entry_id) } : {}) }
}

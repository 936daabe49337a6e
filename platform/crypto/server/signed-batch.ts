import { canonicalBytes } from './canonical-json.ts'
import { type MerkleTree, verifyInclusion } from './merkle.ts'
import { type Sm2KeyPair, sm2Sign, sm2Verify } from './sm2.ts'

/** What is signed for a batch of records; plain JSON, all that a third party needs beside record, proof and key. */
export interface SignedHead {
  /** What the records are, for example `audit.checkpoint`; keeps a signature from serving another purpose. */
  readonly purpose: string
  readonly size: number
  /** Root of the SM3 hash tree, 64 hex digits. */
  readonly root: string
  /** When it was signed, ISO 8601 with zone. */
  readonly at: string
  /** SM2 over the canonical JSON of the four members above, r ‖ s, 128 hex digits. */
  readonly signature: string
}

/** Where a record stands in its batch, as plain JSON. */
export interface RecordProof {
  readonly index: number
  /** Sibling hashes, lowest first, 64 hex digits each. */
  readonly path: readonly string[]
}

/** Signs all records of a tree at once; `recordProof` gives each its proof. */
export function signHead(
  purpose: string,
  { size, root }: Pick<MerkleTree, 'size' | 'root'>,
  keys: Sm2KeyPair,
  at: Date,
): SignedHead {
  const claim = { purpose, size, root: root.toString('hex'), at: at.toISOString() }
  return { ...claim, signature: sm2Sign(canonicalBytes(claim), keys).toString('hex') }
}

/** The proof of one record of a batch. */
export function recordProof(tree: MerkleTree, index: number): RecordProof {
  return { index, path: tree.proof(index).map((hash) => hash.toString('hex')) }
}

/** Whether the head bears this key's signature. */
export function verifyHead(head: SignedHead, publicKey: string): boolean {
  const { purpose, size, root, at, signature } = head
  return sm2Verify(canonicalBytes({ purpose, size, root, at }), Buffer.from(signature, 'hex'), publicKey)
}

/** Whether the record belongs to the batch of this head and the head is signed by this key. Needs nothing else. */
export function verifyRecord(record: Uint8Array, proof: RecordProof, head: SignedHead, publicKey: string): boolean {
  const path = proof.path.map((hash) => Buffer.from(hash, 'hex'))
  const isIncluded = verifyInclusion(record, proof.index, head.size, path, Buffer.from(head.root, 'hex'))
  return isIncluded && verifyHead(head, publicKey)
}

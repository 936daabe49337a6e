import { sm3 } from './sm3.ts'

const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)

/**
 * A hash tree as in RFC 9162, section 2.1, with SM3: leaf = SM3(0x00 ‖ record), node = SM3(0x01 ‖ left ‖ right); the
 * different prefixes keep a node from being passed off as a record.
 */
export interface MerkleTree {
  readonly size: number
  /** 32 bytes; of an empty tree SM3 of nothing. */
  readonly root: Buffer
  /**
   * The hashes that lead from record `index` to the root, lowest first: at most log2(size) rounded up.
   * @throws RangeError if there is no such record.
   */
  readonly proof: (index: number) => Buffer[]
}

/** Builds the tree of some records. Memory: about 64 bytes a record. */
export function buildMerkleTree(records: readonly Uint8Array[]): MerkleTree {
  const levels: Buffer[][] = [records.map(leafHash)]
  for (let level = levels[0] ?? []; level.length > 1; ) {
    level = parents(level)
    levels.push(level)
  }
  return {
    size: records.length,
    root: levels.at(-1)?.[0] ?? sm3(new Uint8Array()),
    proof: (index) => proofOf(levels, index),
  }
}

/**
 * The root of a tree whose records come one after another: kept are only the roots of its complete subtrees, so that the
 * work is spread over the records and nothing is left to do at the end.
 */
export class GrowingTree {
  /** Of complete subtrees, the biggest first: one for each bit of the size. */
  readonly #roots: Buffer[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /** As `buildMerkleTree` of the same records has it. */
  get root(): Buffer {
    const [last, ...rest] = this.#roots.toReversed()
    return last ? rest.reduce((right, left) => nodeHash(left, right), last) : sm3(new Uint8Array())
  }

  append(record: Uint8Array): void {
    let hash = leafHash(record)
    for (let size = this.#size++; size % 2 === 1; size = (size - 1) / 2)
      hash = nodeHash(this.#roots.pop() as Buffer, hash)
    this.#roots.push(hash)
  }
}

/** Whether the proof leads from this record, as number `index` of `size`, to the root (RFC 9162, section 2.1.3.2). */
export function verifyInclusion(
  record: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false
  let hash = leafHash(record)
  let node = index
  let last = size - 1
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== hash.length) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && hash.equals(root)
}

function leafHash(record: Uint8Array): Buffer {
  return sm3(Buffer.concat([LEAF, record]))
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sm3(Buffer.concat([NODE, left, right]))
}

/** The next level up; a last one without a partner rises unchanged, which gives the RFC's split at a power of two. */
function parents(level: readonly Buffer[]): Buffer[] {
  const up: Buffer[] = []
  for (let i = 0; i < level.length; i += 2) {
    const left = level[i] as Buffer
    const right = level[i + 1]
    up.push(right ? nodeHash(left, right) : left)
  }
  return up
}

function proofOf(levels: readonly Buffer[][], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= (levels[0]?.length ?? 0))
    throw new RangeError(`The tree has no record ${index}`)
  return levels.flatMap((level, height) => level[Math.floor(index / 2 ** height) ^ 1] ?? [])
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildMerkleTree, GrowingTree, verifyInclusion } from './merkle.ts'
import { sm3 } from './sm3.ts'

/** MTH of RFC 9162, section 2.1.1, word for word. */
function rootByDefinition(records: readonly Uint8Array[]): Buffer {
  const [first] = records
  if (!first) return sm3('')
  if (records.length === 1) return sm3(Buffer.concat([Buffer.of(0), first]))
  let split = 1
  while (split * 2 < records.length) split *= 2
  const halves = [records.slice(0, split), records.slice(split)].map(rootByDefinition)
  return sm3(Buffer.concat([Buffer.of(1), ...halves]))
}

const recordsOf = (size: number) => Array.from({ length: size }, (_, i) => Buffer.from(`record ${i}`))

describe('hash tree', () => {
  it('has the root that RFC 9162 defines, for every size up to 70', () => {
    for (let size = 0; size <= 70; size++)
      expect(buildMerkleTree(recordsOf(size)).root, `size ${size}`).toEqual(rootByDefinition(recordsOf(size)))
  })

  it('has that root at every size while it grows', () => {
    const tree = new GrowingTree()
    for (const [size, record] of recordsOf(70).entries()) {
      expect(tree).toMatchObject({ size, root: rootByDefinition(recordsOf(size)) })
      tree.append(record)
    }
  })

  it('proves each record at its own place and nowhere else', () => {
    for (let size = 1; size <= 33; size++) {
      const records = recordsOf(size)
      const { root, proof } = buildMerkleTree(records)
      for (const [index, record] of records.entries()) {
        const path = proof(index)
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)))
        for (let at = 0; at < size; at++)
          expect(verifyInclusion(record, at, size, path, root), `${index} as ${at} of ${size}`).toBe(at === index)
      }
    }
  })

  it('refuses a proof with anything changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), (size, a, b) => {
        const records = recordsOf(size)
        const index = a % size
        const { root, proof } = buildMerkleTree(records)
        const path = proof(index)
        const record = records[index] as Buffer
        const bad = path.map((hash, height) => (height === b % path.length ? sm3(hash) : hash))
        expect(verifyInclusion(record, index, size, path, root)).toBe(true)
        expect(verifyInclusion(record, index, size, bad, root)).toBe(false)
        expect(verifyInclusion(record, index, size, path.slice(1), root)).toBe(false)
        expect(verifyInclusion(record, index, size, [...path, root], root)).toBe(false)
        expect(verifyInclusion(Buffer.from('other'), index, size, path, root)).toBe(false)
        expect(verifyInclusion(record, index, size, path, sm3(root))).toBe(false)
      }),
    )
  })

  it('has no proof for a record that is not there', () => {
    const { root, proof } = buildMerkleTree(recordsOf(3))
    expect(() => proof(3)).toThrow(RangeError)
    expect(verifyInclusion(Buffer.from('record 0'), -1, 3, [], root)).toBe(false)
    expect(verifyInclusion(Buffer.from('record 0'), 0, 0, [], root)).toBe(false)
  })
})

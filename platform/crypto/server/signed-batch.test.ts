import { expect, it } from 'vitest'
import { buildMerkleTree } from './merkle.ts'
import { recordProof, type SignedHead, signHead, verifyHead, verifyRecord } from './signed-batch.ts'
import { generateSm2KeyPair } from './sm2.ts'

const keys = generateSm2KeyPair()
const records = Array.from({ length: 1000 }, (_, i) => Buffer.from(`receipt ${i}`))
const tree = buildMerkleTree(records)
const head = signHead('exchange.receipt', tree, keys, new Date('2026-03-01T00:00:00Z'))

it('lets a third party check one record with head, proof and public key only, after a way through JSON', () => {
  const sent = JSON.parse(JSON.stringify({ head, proof: recordProof(tree, 777) })) as {
    head: SignedHead
    proof: ReturnType<typeof recordProof>
  }
  expect(verifyRecord(Buffer.from('receipt 777'), sent.proof, sent.head, keys.publicKey)).toBe(true)
  expect(verifyRecord(Buffer.from('receipt 778'), sent.proof, sent.head, keys.publicKey)).toBe(false)
})

it('refuses a head with any member changed, or another key', () => {
  expect(verifyHead(head, keys.publicKey)).toBe(true)
  const changes: Partial<SignedHead>[] = [
    { purpose: 'audit.checkpoint' },
    { size: 999 },
    { root: '00'.repeat(32) },
    { at: '2026-03-02T00:00:00.000Z' },
    { signature: '' },
  ]
  for (const change of changes) expect(verifyHead({ ...head, ...change }, keys.publicKey)).toBe(false)
  expect(verifyHead(head, generateSm2KeyPair().publicKey)).toBe(false)
})

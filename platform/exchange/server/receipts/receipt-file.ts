import { Type } from 'typebox'
import { Value } from 'typebox/value'
import {
  canonicalBytes,
  publicKeyFromPem,
  type RecordProof,
  type SignedHead,
  sm3Hex,
  verifyHead,
  verifyInclusion,
} from '#platform/crypto'
import { type Words, words } from '../../../runtime/words.ts'
import type { ReceiptRecord } from './record.ts'

export const RECEIPTS = 'exchange.receipt'
const Hex64 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** All that proves a receipt to somebody who has nothing but the public key. */
const ReceiptFileSchema = Type.Object({
  format: Type.Literal('daizong-receipt/1'),
  record: Type.Unknown(),
  proof: Type.Object({ index: Type.Integer({ minimum: 0 }), path: Type.Array(Hex64, { maxItems: 64 }) }),
  head: Type.Object({
    purpose: Type.String(),
    size: Type.Integer({ minimum: 1 }),
    root: Hex64,
    at: Type.String(),
    signature: Type.String({ pattern: '^[0-9a-f]{128}$' }),
  }),
  /** Number and PEM of the key that signed; for the reader's convenience, not as a proof of itself. */
  key: Type.Object({ id: Type.Integer(), publicKey: Type.String() }),
})

export interface ReceiptFile {
  readonly format: 'daizong-receipt/1'
  readonly record: ReceiptRecord
  readonly proof: RecordProof
  readonly head: SignedHead
  readonly key: { readonly id: number; readonly publicKey: string }
}

/** What is wrong with a receipt. */
export interface ReceiptFault {
  readonly part: 'file' | 'record' | 'head' | 'answer' | 'key'
  readonly words: Words
}

/**
 * Proves a receipt offline. @param publicKey PEM of the platform's key, known from elsewhere; that of the file if absent
 * @param answer bytes that the receipt should be of
 * @returns what is wrong first, nothing if all is right
 */
export function verifyReceipt(file: unknown, publicKey?: string, answer?: Uint8Array): ReceiptFault | undefined {
  if (!Value.Check(ReceiptFileSchema, file))
    return fault('file', '这不是回执文件，或缺少内容', 'This is not a receipt, or parts of it are missing')
  const { record, proof, head, key } = file
  let point: string
  try {
    point = publicKeyFromPem(publicKey ?? key.publicKey)
  } catch {
    return fault('key', '公钥无法识别', 'The public key cannot be read')
  }
  if (head.purpose !== RECEIPTS) return fault('head', '签名不是用于回执的', 'The signature is not one for receipts')
  if (!verifyHead(head, point))
    return fault('head', '签名与公钥不符：批次头被改动，或由他人签署', 'The head was changed, or signed by another key')
  const path = proof.path.map((hash) => Buffer.from(hash, 'hex'))
  if (!verifyInclusion(canonicalBytes(record), proof.index, head.size, path, Buffer.from(head.root, 'hex')))
    return fault(
      'record',
      '内容与签名不符：记录或证明路径被改动',
      'The record or its path was changed after it was signed',
    )
  if (answer && (record as { answer?: unknown }).answer !== sm3Hex(answer))
    return fault('answer', '回执完整，但不是这份数据的回执', 'The receipt is whole, but not of this answer')
  return undefined
}

const fault = (part: ReceiptFault['part'], zh: string, en: string): ReceiptFault => ({ part, words: words(zh, en) })

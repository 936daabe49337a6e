/**
 * Chinese commercial cryptography for the platform: SM3, SM4, SM2, sealed fields with blind index, key rings, hash
 * trees and canonical JSON. Pure functions, and `keys`, the store of the keys they need.
 */

export { type Keys, keys, type Resealer } from './keys.ts'
export type { KeyPurpose } from './purpose.ts'
export { blindIndex, blindIndexes, blindIndexSpans, normalizeForIndex } from './server/blind-index.ts'
export { canonicalBytes, canonicalJson } from './server/canonical-json.ts'
export { createDataKey, type DataKey } from './server/data-key.ts'
export { addKey, getPurposeKeys, type KeyRing, type PurposeKeys, promoteKey, retireKey } from './server/key-ring.ts'
export { unwrapKey, wrapKey } from './server/key-wrap.ts'
export { buildMerkleTree, GrowingTree, type MerkleTree, verifyInclusion } from './server/merkle.ts'
export { openBytes, openFields } from './server/open-fields.ts'
export { recordMac } from './server/record-mac.ts'
export { sealBytes, sealFields, sealSpans } from './server/seal-fields.ts'
export { sealedKeyId } from './server/sealed-format.ts'
export { sealedWithOther } from './server/sealed-with-other.ts'
export {
  type RecordProof,
  recordProof,
  type SignedHead,
  signHead,
  verifyHead,
  verifyRecord,
} from './server/signed-batch.ts'
export {
  generateSm2KeyPair,
  type Sm2KeyPair,
  STANDARD_USER_ID,
  sm2KeyPairOf,
  sm2Sign,
  sm2Verify,
} from './server/sm2.ts'
export {
  keyPairFromPem,
  privateKeyToPem,
  publicKeyFromPem,
  publicKeyToPem,
  signatureFromDer,
  signatureToDer,
} from './server/sm2-encoding.ts'
export { hmacSm3, sm3, sm3Hex } from './server/sm3.ts'
export { copySpan, NO_VALUE, type Spans, spansOf } from './server/spans.ts'

import { LRUCache } from 'lru-cache'
import { sm2 } from 'sm-crypto-v2'

/** The user id that GB/T 35276 prescribes when the parties have agreed on none; part of what is signed. */
export const STANDARD_USER_ID = '1234567812345678'

/** Order n of the recommended curve [GB/T 32918.5, clause 2]: both halves of a signature lie in 1..n-1. */
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const SIGNATURE_BYTES = 64
const POINTS_KEPT = 64

type PreparedPoint = ReturnType<typeof sm2.precomputePublicKey>
/** Preparing a point takes as long as six verifications and makes each six times faster; few keys sign much. */
const points = new LRUCache<string, PreparedPoint>({ max: POINTS_KEPT })

/** An SM2 key pair: private key as 64 hex digits, public key as 130 (`04` ‖ x ‖ y), lower case. */
export interface Sm2KeyPair {
  readonly privateKey: string
  readonly publicKey: string
}

/** A new random SM2 key pair. */
export function generateSm2KeyPair(): Sm2KeyPair {
  return sm2.generateKeyPairHex()
}

/**
 * The key pair of a private key.
 * @throws RangeError if it is not 64 hex digits within 1..n-2.
 */
export function sm2KeyPairOf(privateKey: string): Sm2KeyPair {
  const key = privateKey.toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(key)) throw new RangeError('An SM2 private key is 64 hex digits')
  const scalar = BigInt(`0x${key}`)
  if (scalar < 1n || scalar > ORDER - 2n) throw new RangeError('This SM2 private key is out of range')
  return { privateKey: key, publicKey: sm2.getPublicKeyFromPrivateKey(key).toLowerCase() }
}

/**
 * Signs a message [GB/T 32918.2] with SM3 and the user id: 64 bytes, r ‖ s. `signatureToDer` gives the form that
 * certificates and other programs use. About 1 ms: sign a tree of many records (`signHead`), not each one.
 */
export function sm2Sign(message: Uint8Array, keys: Sm2KeyPair, userId = STANDARD_USER_ID): Buffer {
  const { privateKey, publicKey } = keys
  const options = { hash: true, der: false, userId, publicKey }
  return Buffer.from(sm2.doSignature(Uint8Array.from(message), privateKey, options), 'hex')
}

/**
 * Whether `signature` (64 bytes, r ‖ s) is the key's over the message. A malformed signature is simply false.
 * @throws RangeError if the public key is not a point of the curve.
 */
export function sm2Verify(
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: string,
  userId = STANDARD_USER_ID,
): boolean {
  const point = preparedPoint(publicKey)
  const hex = Buffer.from(signature).toString('hex')
  if (signature.length !== SIGNATURE_BYTES || !isInOrder(hex.slice(0, 64)) || !isInOrder(hex.slice(64))) return false
  return sm2.doVerifySignature(Uint8Array.from(message), hex, point, { hash: true, der: false, userId })
}

/** The public key as `04` ‖ x ‖ y in lower case; checks that it is a point of the curve. */
export function checkSm2PublicKey(publicKey: string): string {
  const key = publicKey.toLowerCase()
  if (!/^04[0-9a-f]{128}$/.test(key) || !isOnCurve(key)) throw new RangeError('This is not an SM2 public key')
  return key
}

function preparedPoint(publicKey: string): PreparedPoint {
  const known = points.get(publicKey)
  if (known) return known
  const point = sm2.precomputePublicKey(checkSm2PublicKey(publicKey))
  points.set(publicKey, point)
  return point
}

function isOnCurve(publicKey: string): boolean {
  try {
    return sm2.verifyPublicKey(publicKey)
  } catch {
    return false
  }
}

function isInOrder(hex: string): boolean {
  const value = BigInt(`0x${hex}`)
  return value > 0n && value < ORDER
}

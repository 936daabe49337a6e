import { BIT_STRING, CONTEXT_1, der, expectDer, INTEGER, OBJECT_ID, OCTET_STRING, readDer, SEQUENCE } from './der.ts'
import { checkSm2PublicKey, type Sm2KeyPair, sm2KeyPairOf } from './sm2.ts'

/** 1.2.840.10045.2.1 id-ecPublicKey and 1.2.156.10197.1.301 SM2 [GB/T 33560], as DER contents. */
const EC_PUBLIC_KEY = Buffer.from('2a8648ce3d0201', 'hex')
const SM2_CURVE = Buffer.from('2a811ccf5501822d', 'hex')
const ALGORITHM = der(SEQUENCE, der(OBJECT_ID, EC_PUBLIC_KEY), der(OBJECT_ID, SM2_CURVE))
const NO_UNUSED_BITS = Buffer.of(0)

/** r ‖ s (64 bytes) → SEQUENCE { r INTEGER, s INTEGER } [GB/T 35276, SM2Signature]. */
export function signatureToDer(signature: Uint8Array): Buffer {
  if (signature.length !== 64) throw new RangeError('An SM2 signature is 64 bytes, r and s')
  return der(SEQUENCE, derInteger(signature.subarray(0, 32)), derInteger(signature.subarray(32)))
}

/**
 * SEQUENCE { r, s } → r ‖ s (64 bytes).
 * @throws RangeError unless it is exactly that, in DER, non-negative, at most 32 bytes each.
 */
export function signatureFromDer(bytes: Uint8Array): Buffer {
  const [r, s, ...more] = readDer(expectDer(only(readDer(bytes)), SEQUENCE))
  if (more.length > 0) throw new RangeError('An SM2 signature has two numbers')
  return Buffer.concat([fixedInteger(expectDer(r, INTEGER)), fixedInteger(expectDer(s, INTEGER))])
}

/** The public key as PEM (`PUBLIC KEY`, SubjectPublicKeyInfo). */
export function publicKeyToPem(publicKey: string): string {
  const point = Buffer.from(checkSm2PublicKey(publicKey), 'hex')
  return toPem('PUBLIC KEY', der(SEQUENCE, ALGORITHM, der(BIT_STRING, NO_UNUSED_BITS, point)))
}

/** The key pair as PEM (`PRIVATE KEY`, PKCS #8, not encrypted: wrap it before storing). */
export function privateKeyToPem(keys: Sm2KeyPair): string {
  const point = der(BIT_STRING, NO_UNUSED_BITS, Buffer.from(keys.publicKey, 'hex'))
  const inner = der(
    SEQUENCE,
    der(INTEGER, Buffer.of(1)),
    der(OCTET_STRING, Buffer.from(keys.privateKey, 'hex')),
    der(CONTEXT_1, point),
  )
  return toPem('PRIVATE KEY', der(SEQUENCE, der(INTEGER, Buffer.of(0)), ALGORITHM, der(OCTET_STRING, inner)))
}

/**
 * Reads a `PUBLIC KEY` PEM.
 * @throws RangeError if it is damaged, of another kind or another curve.
 */
export function publicKeyFromPem(pem: string): string {
  const [algorithm, bits] = readDer(expectDer(only(readDer(fromPem('PUBLIC KEY', pem))), SEQUENCE))
  expectSm2(expectDer(algorithm, SEQUENCE))
  return checkSm2PublicKey(expectDer(bits, BIT_STRING).subarray(1).toString('hex'))
}

/**
 * Reads a `PRIVATE KEY` PEM (PKCS #8); the public key is computed anew.
 * @throws RangeError if it is damaged, of another kind or another curve.
 */
export function keyPairFromPem(pem: string): Sm2KeyPair {
  const [version, algorithm, wrapped] = readDer(expectDer(only(readDer(fromPem('PRIVATE KEY', pem))), SEQUENCE))
  expectDer(version, INTEGER)
  expectSm2(expectDer(algorithm, SEQUENCE))
  const [, scalar] = readDer(expectDer(only(readDer(expectDer(wrapped, OCTET_STRING))), SEQUENCE))
  return sm2KeyPairOf(expectDer(scalar, OCTET_STRING).toString('hex').padStart(64, '0'))
}

function expectSm2(algorithm: Buffer): void {
  const [kind, curve] = readDer(algorithm)
  if (!expectDer(kind, OBJECT_ID).equals(EC_PUBLIC_KEY) || !expectDer(curve, OBJECT_ID).equals(SM2_CURVE))
    throw new RangeError('This is not a key of the SM2 curve')
}

function derInteger(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Buffer.of(0) : Buffer.from(bytes.subarray(first))
  return der(INTEGER, (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits)
}

function fixedInteger(content: Buffer): Buffer {
  const isPadded = content[0] === 0 && content.length > 1
  const needsPad = (content[isPadded ? 1 : 0] ?? 0) >= 0x80
  const digits = isPadded ? content.subarray(1) : content
  if (content.length === 0 || isPadded !== needsPad || digits.length > 32)
    throw new RangeError('This DER number is negative, too long, or not in its shortest form')
  return Buffer.concat([Buffer.alloc(32 - digits.length), digits])
}

function only<T>(values: readonly T[]): T | undefined {
  return values.length === 1 ? values[0] : undefined
}

function toPem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

function fromPem(label: string, pem: string): Buffer {
  const body = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(pem)?.[1]
  if (body === undefined) throw new RangeError(`This is not a PEM of kind ${label}`)
  return Buffer.from(body, 'base64')
}

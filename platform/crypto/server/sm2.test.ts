import { describe, expect, it } from 'vitest'
import { generateSm2KeyPair, sm2KeyPairOf, sm2Sign, sm2Verify } from './sm2.ts'
import {
  keyPairFromPem,
  privateKeyToPem,
  publicKeyFromPem,
  publicKeyToPem,
  signatureFromDer,
  signatureToDer,
} from './sm2-encoding.ts'

/** GB/T 32918.5, annex A.2 (the same as GM/T 0003.5, annex A). */
const example = {
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  message: Buffer.from('message digest'),
  signature: Buffer.from(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
    'hex',
  ),
}

/** Made for this test with OpenSSL 3.0: `openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678`. */
const openssl = {
  privatePem: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgBquRPtZz0cpjEh4z
GA+AWhJHdyjQ7W2dTdnOqHN78rqhRANCAAS3f2eq4pcQWpzAtibx/AGn/JzxRFE3
PWu85eXljZMlNG8N4GPvmWZe7UZy+/8sfIEZYziK62/3w/qeSOr1mZeQ
-----END PRIVATE KEY-----
`,
  publicPem: `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEt39nquKXEFqcwLYm8fwBp/yc8URR
Nz1rvOXl5Y2TJTRvDeBj75lmXu1Gcvv/LHyBGWM4iutv98P6nkjq9ZmXkA==
-----END PUBLIC KEY-----
`,
  message: Buffer.from('Daizong'),
  signature: Buffer.from(
    '304502205751559032ef5c71b7fabb7846c80a626f0a14fdf5410150c9308286ad701207022100e8a16ab6aca5cf23d2bb63be5c2287f483d1dbcc94f19902873f5bc589f68bac',
    'hex',
  ),
}
const EC_P256_PEM = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
-----END PUBLIC KEY-----
`

describe('SM2 signature', () => {
  it('of the example in GB/T 32918.5 verifies, with its key pair', () => {
    expect(sm2Verify(example.message, example.signature, example.publicKey)).toBe(true)
    expect(sm2KeyPairOf(example.privateKey)).toEqual({ privateKey: example.privateKey, publicKey: example.publicKey })
  })

  it('of OpenSSL verifies', () => {
    const publicKey = publicKeyFromPem(openssl.publicPem)
    expect(sm2Verify(openssl.message, signatureFromDer(openssl.signature), publicKey)).toBe(true)
  })

  it('of our own verifies, and no longer when message, signature, key or user id differ', () => {
    const keys = generateSm2KeyPair()
    const signature = sm2Sign(example.message, keys)
    expect(signature).toHaveLength(64)
    expect(sm2Verify(example.message, signature, keys.publicKey)).toBe(true)
    expect(sm2Verify(Buffer.from('message digesT'), signature, keys.publicKey)).toBe(false)
    expect(sm2Verify(example.message, signature, example.publicKey)).toBe(false)
    expect(sm2Verify(example.message, signature, keys.publicKey, 'someone else')).toBe(false)
    for (const at of [0, 31, 32, 63]) {
      const changed = Buffer.from(signature)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(sm2Verify(example.message, changed, keys.publicKey), `byte ${at}`).toBe(false)
    }
  })

  it('that is malformed is false, a key that is no point of the curve is an error', () => {
    const half = example.signature.subarray(0, 32)
    for (const signature of [Buffer.alloc(64), Buffer.alloc(64, 0xff), half, Buffer.concat([half, Buffer.alloc(32)])])
      expect(sm2Verify(example.message, signature, example.publicKey)).toBe(false)
    expect(() => sm2Verify(example.message, example.signature, `04${'11'.repeat(64)}`)).toThrow(RangeError)
    expect(() => sm2KeyPairOf('0'.repeat(64))).toThrow(RangeError)
    expect(() => sm2KeyPairOf('f'.repeat(64))).toThrow(RangeError)
  })
})

describe('SM2 encodings', () => {
  it('read keys of OpenSSL and write them byte for byte the same', () => {
    const keys = keyPairFromPem(openssl.privatePem)
    expect(keys.publicKey).toBe(publicKeyFromPem(openssl.publicPem))
    expect(privateKeyToPem(keys)).toBe(openssl.privatePem)
    expect(publicKeyToPem(keys.publicKey)).toBe(openssl.publicPem)
  })

  it('turn signatures into DER and back', () => {
    expect(signatureToDer(signatureFromDer(openssl.signature))).toEqual(openssl.signature)
    const small = Buffer.alloc(64)
    small[31] = 0x80
    small[63] = 1
    expect(signatureToDer(small).toString('hex')).toBe('300702020080020101')
    expect(signatureFromDer(signatureToDer(small))).toEqual(small)
  })

  it('refuse DER that is not the one right form', () => {
    const wrong = [
      '',
      '3000',
      '30060201010201',
      '3006020101020101ff',
      '3007020200010201 01',
      '3006020181020101',
      '308106020101020101',
    ]
    for (const hex of wrong)
      expect(() => signatureFromDer(Buffer.from(hex.replace(' ', ''), 'hex')), hex).toThrow(RangeError)
  })

  it('refuse keys of other curves and text that is no key', () => {
    expect(() => publicKeyFromPem(EC_P256_PEM)).toThrow(/SM2 curve/)
    expect(() => publicKeyFromPem(openssl.privatePem)).toThrow(/PUBLIC KEY/)
    expect(() => keyPairFromPem('nothing')).toThrow(/PRIVATE KEY/)
  })
})

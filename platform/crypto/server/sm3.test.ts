import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hmacSm3, prepareHmacKey, sm3Hex } from './sm3.ts'

interface MacVectors {
  numberOfTests: number
  testGroups: {
    tagSize: number
    tests: { tcId: number; key: string; msg: string; tag: string; result: 'valid' | 'invalid' }[]
  }[]
}

const file = new URL('./testdata/wycheproof_hmac_sm3.json', import.meta.url)
const wycheproof = JSON.parse(readFileSync(file, 'utf8')) as MacVectors

describe('SM3', () => {
  it('gives the digests of GB/T 32905, annex A', () => {
    expect(sm3Hex('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    expect(sm3Hex('abcd'.repeat(16))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
  })
})

describe('HMAC-SM3', () => {
  it('agrees with every Wycheproof vector, also on what is forged', () => {
    let seen = 0
    for (const group of wycheproof.testGroups) {
      for (const { tcId, key, msg, tag, result } of group.tests) {
        const mac = hmacSm3(Buffer.from(key, 'hex'), Buffer.from(msg, 'hex')).subarray(0, group.tagSize / 8)
        expect(mac.toString('hex') === tag, `vector ${tcId}`).toBe(result === 'valid')
        seen++
      }
    }
    expect(seen).toBe(wycheproof.numberOfTests)
  })

  it('is the HMAC of RFC 2104 for keys and messages of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), fc.uint8Array({ maxLength: 300 }), (key, message) => {
        const expected = createHmac('sm3', key).update(message).digest('hex')
        expect(hmacSm3(prepareHmacKey(key), message).toString('hex')).toBe(expected)
      }),
    )
  })
})

it('makes the same HMAC for short values as OpenSSL', () => {
  for (let length = 0; length < 400; length++) {
    const [key, data] = [Buffer.alloc(1 + (length % 70), length), Buffer.alloc(length, 3 * length)]
    expect(hmacSm3(key, data).toString('hex')).toBe(createHmac('sm3', key).update(data).digest('hex'))
  }
})

import { createDecipheriv, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDataKey } from './data-key.ts'
import { addKey, getPurposeKeys, type KeyRing, type PurposeKeys, promoteKey } from './key-ring.ts'
import { openBytes, openFields } from './open-fields.ts'
import { sealBytes, sealFields } from './seal-fields.ts'
import { sealedKeyId } from './sealed-format.ts'

const CONTEXT = 'population.resident.id_number'
const key = createDataKey({ id: 7 })
const keys = keysOf(key)
const text = fc.string({ unit: 'grapheme', maxLength: 60 })
const column = fc.array(fc.option(text), { maxLength: 30 })

function keysOf(...all: ReturnType<typeof createDataKey>[]): PurposeKeys {
  const ring = all.reduce((before, next) => addKey(before, 'field', next), new Map() as KeyRing)
  return getPurposeKeys(ring, 'field')
}

function sealOne(value: string, rows?: string[]): Buffer {
  const [sealed] = sealFields(key, CONTEXT, [value], rows)
  return sealed as Buffer
}

describe('sealed fields', () => {
  it('open to what was sealed, empty and absent values included', () => {
    fc.assert(
      fc.property(column, (values) => {
        expect(openFields(keys, CONTEXT, sealFields(key, CONTEXT, values))).toEqual(values)
      }),
    )
    expect(openFields(keys, CONTEXT, sealFields(key, CONTEXT, ['', null, '370902199001011234']))).toEqual([
      '',
      null,
      '370902199001011234',
    ])
  })

  it('open alone and in any mixture of batches', () => {
    const batches = [1, 2, 3].map((batch) => sealFields(key, CONTEXT, [`a${batch}`, `longer than one block ${batch}`]))
    const mixed = batches.flat().reverse()
    expect(openFields(keys, CONTEXT, mixed)).toEqual([
      'longer than one block 3',
      'a3',
      'longer than one block 2',
      'a2',
      'longer than one block 1',
      'a1',
    ])
    expect(mixed.map((sealed) => openFields(keys, CONTEXT, [sealed])[0])).toEqual(openFields(keys, CONTEXT, mixed))
  })

  it('are refused when any bit changed, also in the header, or bytes are missing', () => {
    const sealed = sealOne('13905380000')
    for (let at = 0; at < sealed.length; at++) {
      for (const bit of [1, 128]) {
        const changed = Buffer.from(sealed)
        changed[at] = (changed[at] ?? 0) ^ bit
        expect(() => openFields(keys, CONTEXT, [changed]), `byte ${at}`).toThrow(RangeError)
      }
      expect(() => openFields(keys, CONTEXT, [sealed.subarray(0, at)])).toThrow(RangeError)
    }
  })

  it('are refused in another column or another row', () => {
    expect(() => openFields(keys, 'population.resident.phone', [sealOne('1')])).toThrow(/Value 0/)
    const bound = sealOne('1', ['row-1'])
    expect(openFields(keys, CONTEXT, [bound], ['row-1'])).toEqual(['1'])
    expect(() => openFields(keys, CONTEXT, [bound], ['row-2'])).toThrow(/Value 0/)
    expect(() => openFields(keys, CONTEXT, [bound])).toThrow(/Value 0/)
    expect(() => sealFields(key, CONTEXT, ['1', '2'], ['row-1'])).toThrow(/no row key/)
  })

  it('keep rows and values apart whatever their lengths', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 20 }), (cells) => {
        const rows = cells.map(([row]) => row)
        const values = cells.map(([, value]) => value)
        expect(openFields(keys, CONTEXT, sealFields(key, CONTEXT, values, rows), rows)).toEqual(values)
      }),
    )
  })

  it('name their key; a rotated ring opens old and new ones together and seals with the new one', () => {
    const next = createDataKey({ id: 8 })
    const ring = promoteKey(addKey(addKey(new Map(), 'field', key), 'field', next), 'field', 8)
    const rotated = getPurposeKeys(ring, 'field')
    const old = sealOne('old')
    const [fresh] = sealFields(rotated.current, CONTEXT, ['new'])
    expect(sealedKeyId(old)).toBe(7)
    expect(sealedKeyId(fresh as Buffer)).toBe(8)
    expect(openFields(rotated, CONTEXT, [old, fresh as Buffer, old])).toEqual(['old', 'new', 'old'])
    expect(() => openFields(keysOf(next), CONTEXT, [old])).toThrow(/key 7/)
    expect(() => openFields(keysOf(createDataKey({ id: 7 })), CONTEXT, [old])).toThrow(/Value 0/)
  })

  it('never use a counter block twice within a batch, and a new nonce in the next', () => {
    const values = ['', 'x', 'x'.repeat(16), 'x'.repeat(17), 'x'.repeat(33)]
    const used = [sealFields(key, CONTEXT, values), sealFields(key, CONTEXT, values)].flat().flatMap((sealed) => {
      const { iv, ciphertext } = parts(sealed as Buffer)
      const first = iv.readUInt32BE(12)
      const blocks = Math.ceil(ciphertext.length / 16)
      return Array.from({ length: blocks }, (_, i) => `${iv.toString('hex', 0, 12)}:${first + i}`)
    })
    expect(used).toHaveLength(14)
    expect(new Set(used).size).toBe(14)
  })

  it('are plain SM4-CTR and HMAC-SM3, so that another program can open them', () => {
    const sealed = sealFields(key, CONTEXT, ['泰山', '岱宗夫如何，齐鲁青未了'], ['1', '22'])[1] as Buffer
    const { iv, ciphertext, tag, tagged } = parts(sealed)
    const mac = (secret: Uint8Array, data: Uint8Array | string) => createHmac('sm3', secret).update(data).digest()
    const encryptionKey = mac(key.secret, 'daizong.v1.encrypt').subarray(0, 16)
    const tagKey = mac(mac(key.secret, 'daizong.v1.authenticate'), CONTEXT)
    const plain = createDecipheriv('sm4-ctr', encryptionKey, iv).update(ciphertext)
    expect(plain.toString()).toBe('岱宗夫如何，齐鲁青未了')
    const input = Buffer.concat([Buffer.of(0, 0, 0, 2), Buffer.from('22'), tagged])
    expect(mac(tagKey, input).subarray(0, 16).equals(tag)).toBe(true)
  })
})

it('sealed bytes open to the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(Array.from(openBytes(keys, CONTEXT, sealBytes(key, CONTEXT, bytes)))).toEqual(Array.from(bytes))
    }),
  )
})

function parts(sealed: Buffer) {
  return {
    iv: sealed.subarray(5, 21),
    ciphertext: sealed.subarray(21, -16),
    tag: sealed.subarray(-16),
    tagged: sealed.subarray(0, -16),
  }
}

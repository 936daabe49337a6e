import { describe, expect, it } from 'vitest'
import { createDataKey } from './data-key.ts'
import { addKey, getPurposeKeys, type KeyRing, promoteKey, retireKey } from './key-ring.ts'
import { unwrapKey, wrapKey } from './key-wrap.ts'

const [one, two] = [createDataKey({ id: 1 }), createDataKey({ id: 2 })]
const empty: KeyRing = new Map()
const both = addKey(addKey(empty, 'field', one), 'field', two)

describe('key ring', () => {
  it('seals with the first key until another is promoted', () => {
    expect(getPurposeKeys(both, 'field')).toEqual({ current: one, all: [one, two] })
    expect(getPurposeKeys(promoteKey(both, 'field', 2), 'field').current).toBe(two)
    expect(getPurposeKeys(both, 'field').current).toBe(one)
  })

  it('retires only keys that no longer seal', () => {
    expect(() => retireKey(both, 'field', 1)).toThrow(/promote another/)
    expect(getPurposeKeys(retireKey(promoteKey(both, 'field', 2), 'field', 1), 'field').all).toEqual([two])
  })

  it('refuses unknown purposes, unknown keys and ids given twice', () => {
    expect(() => getPurposeKeys(both, 'index')).toThrow(/"index"/)
    expect(() => promoteKey(both, 'field', 3)).toThrow(/no key 3/)
    expect(() => retireKey(both, 'field', 3)).toThrow(/no key 3/)
    expect(() => addKey(both, 'field', createDataKey({ id: 2 }))).toThrow(/already/)
  })
})

describe('data keys', () => {
  it('have 32 bytes and an id that fits four', () => {
    expect(() => createDataKey({ id: 0 })).toThrow(RangeError)
    expect(() => createDataKey({ id: 2 ** 32 })).toThrow(RangeError)
    expect(() => createDataKey({ secret: new Uint8Array(16) })).toThrow(RangeError)
    expect(createDataKey().secret).not.toEqual(createDataKey().secret)
  })

  it('come back from under a master key, also after the master key was rotated', () => {
    const masters = addKey(empty, 'master', createDataKey({ id: 10 }))
    const wrapped = wrapKey(getPurposeKeys(masters, 'master').current, 'field', one)
    const rotated = promoteKey(addKey(masters, 'master', createDataKey({ id: 11 })), 'master', 11)
    expect(unwrapKey(getPurposeKeys(rotated, 'master'), 'field', 1, wrapped)).toEqual(one)
  })

  it('are refused under another purpose or id than they were wrapped for', () => {
    const masters = getPurposeKeys(addKey(empty, 'master', createDataKey({ id: 10 })), 'master')
    const wrapped = wrapKey(masters.current, 'field', one)
    expect(() => unwrapKey(masters, 'index', 1, wrapped)).toThrow(RangeError)
    expect(() => unwrapKey(masters, 'field', 2, wrapped)).toThrow(RangeError)
  })
})

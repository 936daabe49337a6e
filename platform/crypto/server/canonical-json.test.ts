import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalBytes, canonicalJson } from './canonical-json.ts'

describe('canonical JSON', () => {
  it('prints the example of RFC 8785, section 3.2.4', () => {
    const value = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    )
    expect(canonicalBytes(value).toString('hex')).toBe(
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d',
    )
  })

  it('sorts members as RFC 8785, section 3.2.3', () => {
    const value = { '\u20ac': 5, '\r': 1, '\ufb33': 7, '1': 2, '\ud83d\ude00': 6, '\u0080': 3, '\u00f6': 4 }
    expect(Object.values(JSON.parse(canonicalJson(value)) as object).sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(canonicalJson(value).match(/:\d/g)).toEqual([':1', ':2', ':3', ':4', ':5', ':6', ':7'])
  })

  it('means the same value, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const parsed: unknown = JSON.parse(JSON.stringify(value))
        expect(JSON.parse(canonicalJson(parsed))).toEqual(parsed)
        expect(canonicalJson(reversed(parsed))).toBe(canonicalJson(parsed))
      }),
    )
  })

  it('refuses what JSON cannot hold', () => {
    const bad = [undefined, Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, new Date(0), new Map(), '\ud800']
    for (const value of bad) {
      expect(() => canonicalJson(value)).toThrow(TypeError)
      expect(() => canonicalJson({ a: [value] })).toThrow(TypeError)
    }
    expect(canonicalJson(-0)).toBe('0')
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([name, member]) => [name, reversed(member)] as const)
  return Object.fromEntries(members.reverse())
}

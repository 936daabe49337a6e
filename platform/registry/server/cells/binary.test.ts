import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { encoderOf } from './binary.ts'

let client: pg.Client
beforeAll(async () => {
  client = new pg.Client({ connectionString: inject('database') })
  await client.connect()
})
afterAll(() => client.end())

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.double({ min: -1, max: 1, noNaN: true }),
)
const instant = fc
  .date({ min: new Date('1800-01-01'), max: new Date('2200-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 19))
const CASES: readonly (readonly [type: string, values: fc.Arbitrary<string>])[] = [
  ['text', fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))],
  ['bool', fc.constantFrom('t', 'f')],
  ['int2', fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }).map(String)],
  ['int4', fc.integer().map(String)],
  ['int8', fc.maxSafeInteger().map(String)],
  ['float8', number.map(String)],
  ['numeric', number.map(String)],
  ['date', instant.map((text) => text.slice(0, 10))],
  ['timestamptz', fc.tuple(instant, fc.constantFrom('Z', '+08:00', '+0800', '-03:30')).map((parts) => parts.join(''))],
  ['jsonb', fc.json()],
]

it.each(CASES)('gives PostgreSQL the bytes that it would make of the text itself (%s)', async (type, values) => {
  const encode = encoderOf(type)
  const texts = fc.sample(values, 200).filter((text) => !text.includes('\\u0000'))
  const found = await client.query('select typsend::text as send from pg_type where oid = $1::regtype', [type])
  const { rows } = await client.query(
    `select encode(${found.rows[0].send}(t::${type}), 'hex') as hex from unnest($1::text[]) as t`,
    [texts],
  )
  for (const [at, text] of texts.entries()) {
    const bytes = Buffer.from(encode(text) ?? [])
    if (type === 'jsonb') expect(JSON.parse(bytes.toString('utf8', 1))).toEqual(JSON.parse(text))
    else expect(bytes.toString('hex'), text).toBe(rows[at].hex)
  }
})

it('knows what a column cannot hold', () => {
  expect(encoderOf('int2')('32768')).toBeUndefined()
  expect(encoderOf('float4')('1e39')).toBeUndefined()
  expect(encoderOf('_text')('a')).toBeUndefined()
})

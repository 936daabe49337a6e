import { describe, expect, test } from 'vitest'
import type { FeedView, SourceTable, SourceView } from '#platform/sources'
import { compare, type DeclaredTable } from './compare.ts'
import { type Found, foundTables, onceEach, stemOf } from './found-tables.ts'

const columns = (...names: string[]) => names.map((name) => ({ name, type: 'character varying(20)', comment: null }))
const found = (name: string, more: Partial<Found> = {}): Found => ({
  name,
  rows: 5,
  columns: columns('id', 'XM'),
  isGone: false,
  hasTypes: true,
  feeds: [],
  ...more,
})
const declared = (name: string, more: Partial<DeclaredTable> = {}): DeclaredTable => ({
  name,
  title: '表',
  dataset: null,
  reason: null,
  fields: [
    { name: 'ID', type: 'text' },
    { name: 'XM', type: 'varchar' },
  ],
  ...more,
})
const states = (...of: Parameters<typeof compare>) => compare(...of).map(({ name, state }) => [name, state])

test('tables are found by their name, with or without schema, in any case, with dash or underscore', () => {
  const there = [found('public.RK-JBXX'), found('ga.rk'), found('other.rk')]
  expect(states([declared('rk_jbxx'), declared('GA.RK')], there, true)).toEqual([
    ['GA.RK', 'same'],
    ['other.rk', 'undeclared'],
    ['rk_jbxx', 'same'],
  ])
  expect(states([declared('rk')], there, true)).toContainEqual(['rk', 'gone'])
})

describe('what is declared and not found', () => {
  test('is gone only where the source lists all its tables, and the law does not hide it', () => {
    expect(states([declared('a'), declared('b', { reason: 'law' })], [], true)).toEqual([['a', 'gone']])
    expect(states([declared('a')], [], false)).toEqual([])
  })

  test('is gone wherever it was there before; what was never declared is then of no interest', () => {
    const gone = [found('a', { isGone: true }), found('b', { isGone: true })]
    expect(states([declared('a')], gone, false)).toEqual([['a', 'gone']])
  })
})

test('columns are compared by name, types by family', () => {
  const there = found('a', {
    columns: [...columns('id', 'phone'), { name: 'born', type: 'timestamp without time zone', comment: null }],
  })
  const fields = [
    { name: 'ID', type: '字符型' },
    { name: 'XM', type: null },
    { name: 'born', type: 'date' },
  ]
  expect(compare([declared('a', { fields })], [there], true)[0]).toMatchObject({
    state: 'differs',
    added: ['phone'],
    dropped: ['XM'],
    retyped: [{ name: 'born', declared: 'date', found: 'timestamp without time zone' }],
  })
  const [file] = compare([declared('a', { fields })], [{ ...there, hasTypes: false }], false)
  expect(file?.retyped).toEqual([])
})

describe('a feed that has brought rows', () => {
  const feed = (lastGoodAt: Date | null) => ({ dataset: 'base.firm', lastGoodAt }) as FeedView
  const one = (dataset: string | null, lastGoodAt: Date | null) =>
    compare([declared('a', { dataset })], [found('a', { feeds: [feed(lastGoodAt)] })], true)[0]

  test('proves the link', () =>
    expect(one('base.firm', new Date())).toMatchObject({ state: 'same', provenBy: 'base.firm' }))
  test('contradicts another one', () =>
    expect(one('base.licence', new Date())).toMatchObject({ state: 'differs', provenBy: 'base.firm' }))
  test('proves nothing before', () =>
    expect(one('base.licence', null)).toMatchObject({ state: 'same', provenBy: null }))
})

test.each([
  ['resident_20260101.csv', 'resident'],
  ['resident-202601.xlsx', 'resident'],
  ['resident*.csv', 'resident'],
  ['gongan_renkou.*', 'gongan_renkou'],
  ['a.b/人口.csv', 'a.b/人口'],
  ['*.csv', ''],
])('the name of %s is %s', (file, stem) => expect(stemOf(file)).toBe(stem))

test('files of many days are one table, also when the last ones were put away', () => {
  const folder = { connection: { kind: 'folder', path: 'x' } } as SourceView
  const file = (name: string, goneAt: Date | null, feeds: string[] = []): SourceTable =>
    ({ source: 's', name, rows: null, columns: [], seenAt: new Date(), goneAt, feeds }) as SourceTable
  const feeds = new Map([['s.rk', { id: 's.rk', from: 'rk_*.csv' } as FeedView]])
  const tables = [
    file('rk_20260101.csv', new Date(), ['s.rk']),
    file('rk_20260102.csv', new Date(), ['s.rk']),
    file('hk_20260101.csv', new Date()),
    file('hk_20260102.csv', null),
    file('old.csv', new Date()),
  ]
  expect(onceEach(foundTables(folder, tables, feeds)).map(({ name, isGone }) => [name, isGone])).toEqual([
    ['rk', false],
    ['hk', false],
    ['old', true],
  ])
})

test('a table that two sources of a system have is one table, and is not told as one that nobody declared', () => {
  const both = onceEach([
    found('rk', { rows: null, columns: [] }),
    found('rk', { rows: 7 }),
    found('rk', { isGone: true }),
  ])
  expect(compare([declared('rk')], both, true)).toMatchObject([{ name: 'rk', state: 'same', rows: 7 }])
})

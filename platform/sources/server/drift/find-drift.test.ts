import { expect, test } from 'vitest'
import type { ColumnProfile } from '#platform/registry'
import type { RunContext } from '../runs/run-store.ts'
import type { Baseline, PartRow } from '../tables.ts'
import { findDrift } from './find-drift.ts'
import { nextBaseline } from './next-baseline.ts'

type Kinds = Partial<ColumnProfile['kinds']>

const column = (name: string, kinds: Kinds, rows: number): ColumnProfile => {
  const filled = Object.values(kinds).reduce((sum, count) => sum + count, 0)
  return {
    name,
    filled,
    blank: rows - filled,
    distinct: filled,
    kinds: { integer: 0, decimal: 0, digits: 0, date: 0, text: 0, ...kinds },
    sum: null,
    min: null,
    max: null,
    checksum: '0',
    magnitudes: {},
    codes: null,
    garbled: 0,
    misread: 0,
  }
}

const part = (rows: number, columns: Readonly<Record<string, Kinds>>, format = 'json') => {
  const header = Object.keys(columns)
  const profile = header.map((name) => column(name, columns[name] ?? {}, rows))
  return { kind: 'rows', rows, profile, reading: { format, header }, columns: header } as unknown as PartRow
}

/** Runs of a feed one after the other: findings of each; what halts is accepted where the test says so. */
function feed(kind: 'push' | 'postgres' = 'push', isWhole = false) {
  let baseline: Baseline | null = null
  let id = 0
  return (parts: PartRow[], isAccepted = true) => {
    const run = { id: ++id, is_whole: isWhole }
    const source = { connection: { kind } }
    const findings = findDrift(baseline, { run, source } as unknown as RunContext, parts)
    if (isAccepted || !findings.some(({ halts }) => halts))
      baseline = nextBaseline(
        { run: { ...run, drift: { findings } }, feed: { baseline }, source } as unknown as RunContext,
        parts,
      )
    return findings.map((found) => `${found.kind} ${found.column}`)
  }
}

test('single rows of which the number ends now with X and now with a digit halt nothing', () => {
  const run = feed()
  for (let n = 0; n < 60; n++) expect(run([part(1, { id: n % 11 === 0 ? { text: 1 } : { digits: 1 } })])).toEqual([])
})

test('another type is found in an increment of twenty rows, and in single rows before long', () => {
  const [run, other] = [feed(), feed()]
  for (const each of [run, other]) each([part(150, { amount: { decimal: 150 } })])
  expect(run([part(19, { amount: { text: 19 } })], false)).toEqual([])
  expect(other([part(20, { amount: { text: 20 } })], false)).toEqual(['type amount'])
  expect(run([part(1, { amount: { text: 1 } })], false)).toEqual(['type amount'])
  const single = feed()
  for (let n = 0; n < 130; n++) single([part(1, { amount: { decimal: 1 } })])
  let until = 0
  while (single([part(1, { amount: { text: 1 } })], false).length === 0) until++
  expect(until).toBeLessThan(100)
})

test('objects may leave out what is empty; a column that would have come by now is gone', () => {
  const run = feed()
  const usual = { id: { digits: 120 }, note: { text: 60 } }
  run([part(120, usual)])
  for (let n = 0; n < 15; n++) expect(run([part(1, { id: { digits: 1 } })])).toEqual([])
  expect(run([part(10, { id: { digits: 10 } })], false)).toEqual(['dropped note'])
  const rare = feed()
  rare([part(1000, { id: { digits: 1000 }, note: { text: 2 } })])
  expect(rare([part(500, { id: { digits: 500 } })])).toEqual([])
  expect(rare([part(1, { id: { digits: 1 }, note: { text: 1 } })])).toEqual([])
})

test('a column that is nearly always there and comes under another name is found in a single row', () => {
  const run = feed()
  run([part(120, { id: { digits: 120 }, amount: { decimal: 120 } })])
  expect(run([part(1, { id: { digits: 1 }, amounts: { decimal: 1 } })], false)).toEqual(['renamed amount'])
})

test('where all columns are named, one that is gone is found in a single row, and once accepted no more', () => {
  for (const [kind, format] of [
    ['postgres', 'json'],
    ['push', 'csv'],
  ] as const) {
    const run = feed(kind)
    run([part(1, { id: { digits: 1 }, amount: { decimal: 1 } }, format)])
    expect(run([part(1, { id: { digits: 1 } }, format)])).toEqual(['dropped amount'])
    expect(run([part(1, { id: { digits: 1 } }, format)])).toEqual([])
  }
})

test('values that repeat within many small parts do not count as another meaning', () => {
  const run = feed()
  const codes = { ...column('state', { text: 150 }, 150), distinct: 2, codes: { a: 75, b: 75 } }
  run([{ ...part(150, { state: { text: 150 } }), profile: [codes] }])
  expect(run(Array.from({ length: 150 }, () => part(1, { state: { text: 1 } })))).toEqual([])
})

test('a type that was accepted is not held against the runs after it', () => {
  const run = feed()
  run([part(150, { amount: { decimal: 150 } })])
  expect(run([part(150, { amount: { text: 150 } })])).toEqual(['type amount'])
  expect(run([part(30, { amount: { text: 30 } })])).toEqual([])
})

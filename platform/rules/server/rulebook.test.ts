import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { InvalidInput, NotFound, StartError, words } from '#runtime'
import { allModules } from '../../../apps/server/modules.ts'
import { rulesModule } from '../module.ts'
import { type RulePack, rule, rulePack } from '../rule-pack.ts'
import { checkRules } from './check-rules.ts'
import { Rulebook } from './rulebook.ts'

const edition = (id: string, validFrom: string, validTo: string | null, limit: number, locality = 'CN') =>
  rulePack<{ limit: number }, { value: number }>({
    id,
    title: words('限值', 'Limit'),
    source: { document: 'X 1', clause: '3' },
    validFrom,
    validTo,
    locality,
    notes: [],
    tables: { limit },
    vectors: [{ title: 'above', facts: { value: limit + 1 }, expected: { exceeds: true } }],
  })

const limits = (...packs: RulePack<{ limit: number }, { value: number }>[]) =>
  rule({
    id: 'test.limit',
    title: words('限值', 'Limit'),
    facts: Type.Object({ value: Type.Number() }),
    result: Type.Object({ exceeds: Type.Boolean() }),
    packs,
    evaluate: ({ limit }: { limit: number }, { value }) => ({
      result: { exceeds: value > limit },
      explanation: [words(`限值 ${limit}`, `Limit ${limit}`)],
    }),
  })

const old = edition('old', '2012-01-01', '2026-02-28', 75)
const now = edition('new', '2026-03-01', null, 60)
const book = () => new Rulebook([limits(old, now)])

test('the edition in force on the day decides, in Shanghai time', () => {
  expect(book().evaluate('test.limit', { value: 70 }, { at: new Date('2026-02-28T15:59:59Z') })).toMatchObject({
    pack: 'old',
    result: { exceeds: false },
  })
  expect(book().evaluate('test.limit', { value: 70 }, { at: new Date('2026-02-28T16:00:00Z') })).toMatchObject({
    pack: 'new',
    result: { exceeds: true },
  })
})

test('a named edition can always be asked', () => {
  expect(book().evaluate('test.limit', { value: 70 }, { pack: 'old' }).result).toEqual({ exceeds: false })
  expect(() => book().evaluate('test.limit', { value: 70 }, { pack: 'none' })).toThrow(NotFound)
})

test('a local scheme goes before the national edition, in its place only', () => {
  const local = new Rulebook([limits(now, edition('local', '2026-03-01', null, 50, '3709'))])
  const at = new Date('2026-04-01T00:00:00Z')
  expect(local.evaluate('test.limit', { value: 55 }, { at, locality: '370902' }).pack).toBe('local')
  expect(local.evaluate('test.limit', { value: 55 }, { at, locality: '370101' }).pack).toBe('new')
})

test('a day before the first edition, an unknown rule and wrong facts are said plainly', () => {
  expect(() => book().evaluate('test.limit', { value: 1 }, { at: new Date('2001-01-01') })).toThrow(NotFound)
  expect(() => book().evaluate('no.rule', {}, { at: new Date() })).toThrow(NotFound)
  expect(() => book().evaluate('test.limit', { value: 'x' }, { at: new Date() })).toThrow(InvalidInput)
})

test('a published edition ends the one before it', () => {
  const changed = book()
  changed.publish('test.limit', edition('newer', '2031-01-01', null, 25))
  expect(changed.evaluate('test.limit', { value: 30 }, { at: new Date('2030-12-31T00:00:00Z') }).pack).toBe('new')
  expect(changed.evaluate('test.limit', { value: 30 }, { at: new Date('2031-01-01T00:00:00Z') }).pack).toBe('newer')
})

test('overlapping editions stop the start', () => {
  expect(() =>
    checkRules([{ module: rulesModule, entry: limits(old, edition('clash', '2026-01-01', null, 1)) }]),
  ).toThrow(StartError)
})

test.each(
  allModules
    .flatMap((module) => module.rules ?? [])
    .flatMap((entry) => entry.packs.flatMap((pack) => pack.vectors.map((vector) => [entry, pack, vector] as const))),
)('every declared vector comes out: $0.id $1.id $2.title', (entry, pack, vector) => {
  const tried = new Rulebook([entry]).tryVector(entry, pack, vector)
  expect(tried.result).toMatchObject(vector.expected as object)
  expect(tried.passed).toBe(true)
})

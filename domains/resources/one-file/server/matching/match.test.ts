import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rowsOf, SOURCES, truthOf } from '../../../../../bench/matching/city-rows.ts'
import { pairwise } from '../../../../../bench/matching/score.ts'
import { makeCity } from '../../../../../tools/city/make-city.ts'
import { Draw, type Pair } from './draw.ts'
import { firmKind, firmTraining } from './firms/kind.ts'
import { FirmIntake } from './firms/records.ts'
import { FIRST_MODELS } from './first-models.ts'
import { type Decided, match } from './match.ts'
import { PeopleIntake, type PersonFacts } from './people/intake.ts'
import { peopleKind, peopleTraining } from './people/kind.ts'
import { PeopleRecords } from './people/records.ts'
import { train } from './train.ts'

const THRESHOLDS = { match: 4, review: -2, margin: 3 }
let folder: string
let city: PeopleRecords
const truth: number[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daizong-match-'))
  const out = join(folder, 'city')
  await makeCity({ residents: 1500, seed: 11, out, workers: 1 })
  const intake = new PeopleIntake()
  for (const source of SOURCES) {
    for await (const rows of rowsOf(out, source)) for (const facts of rows) intake.add(facts)
    for await (const rows of truthOf(out, source)) truth.push(...rows)
  }
  city = new PeopleRecords(intake.data())
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const of = (rows: readonly PersonFacts[], decided?: Decided) => {
  const intake = new PeopleIntake()
  for (const facts of rows) intake.add(facts)
  const people = new PeopleRecords(intake.data())
  return match(people.count, peopleKind(people), FIRST_MODELS.person, THRESHOLDS, decided ? { decided } : {})
}

test('four dirty sources come together as the truth has them, and twice the same way', { timeout: 240_000 }, () => {
  const model = train(peopleTraining(city))
  const { entity } = match(city.count, peopleKind(city), model, THRESHOLDS)
  expect(city.count).toBe(truth.length)
  const { precision, recall } = pairwise(entity, truth)
  expect(precision).toBeGreaterThan(0.999)
  expect(recall).toBeGreaterThan(0.99)
  expect(match(city.count, peopleKind(city), model, THRESHOLDS).entity).toEqual(entity)
})

const NUMBER = '370902194511090444'
const person = { name: '韩桂云', bornOn: '1945-11-09', sex: '2' }

test('other spellings of a name are the same: dots, spaces, sounds, a lost rare character', () => {
  const names = ['艾力·买买提', '艾力.买买提', '艾力•买买提', '艾力 买买提']
  expect([...of(names.map((name) => ({ ...person, name, number: NUMBER }))).entity]).toEqual([0, 0, 0, 0])
  const lost = [
    { ...person, name: '王㛃', phone: '15421960579' },
    { ...person, name: '王?', phone: '15421960579' },
  ]
  expect([...of(lost).entity]).toEqual([0, 0])
})

test('the number of fifteen digits is that of eighteen', () => {
  expect([
    ...of([
      { name: '韩桂云', number: NUMBER },
      { name: '韩桂云', number: '370902451109044' },
    ]).entity,
  ]).toEqual([0, 0])
})

test('two valid numbers stay two people, whatever else agrees, and a person is asked', () => {
  const alike = { ...person, phone: '15421960579' }
  const { entity, review } = of([
    { ...alike, number: NUMBER },
    { ...alike, number: '370902194511090460' },
  ])
  expect([...entity]).toEqual([0, 1])
  expect(review).toEqual([expect.objectContaining({ why: 'keys-differ' })])
})

test('somebody without a number who fits two people is not given to either', () => {
  // A name is only worth something among others.
  const others = Array.from({ length: 1500 }, (_, at) => ({
    name: `李${String.fromCodePoint(0x4e00 + at)}`,
    bornOn: `19${String(10 + (at % 80))}-03-0${1 + (at % 9)}`,
  }))
  const { entity, review } = of([
    { ...person, number: NUMBER },
    { ...person, number: '370902194511090460' },
    { ...person },
    ...others,
  ])
  expect([...entity.subarray(0, 3)]).toEqual([0, 1, 2])
  expect(review.map(({ why }) => why)).toContain('two-fit')
})

test('what a person decided holds against equal numbers and against different ones', () => {
  const same = [
    { ...person, number: NUMBER },
    { ...person, number: NUMBER },
  ]
  expect([...of(same, { same: [], different: [[0, 1]] }).entity]).toEqual([0, 1])
  const other = [
    { ...person, number: NUMBER },
    { ...person, number: '370902194511090460' },
  ]
  expect([...of(other, { same: [[0, 1]], different: [] }).entity]).toEqual([0, 0])
})

test('rows that hold no more of a firm than its code are of that firm, however many there are', () => {
  const intake = new FirmIntake()
  const codes = ['91370900MA3CCRDH0A', '91370900MA3CCRDH1B', '91370900MA3CCRDH2C']
  for (const [at, code] of codes.entries())
    intake.add({ name: `泰安市岱岳第${at}建材有限公司`, code, phone: `053812345${at}` })
  for (let n = 0; n < 1200; n++) intake.add({ name: '', code: codes[n % codes.length] })
  const firms = intake.data()
  const { entity, review } = match(intake.count, firmKind(firms), train(firmTraining(firms)), THRESHOLDS)
  expect(review).toEqual([])
  expect(new Set(firms.codes.map((code, at) => `${code} ${entity[at]}`)).size).toBe(codes.length)
})

test('samples are drawn of every sort of decision, and others with another seed', () => {
  const kind = peopleKind(city)
  const drawn = (seed: number) => match(city.count, kind, train(peopleTraining(city)), THRESHOLDS, { seed })
  const { samples, entity } = drawn(1)
  const isSame = ([a, b]: Pair) => kind.speaks(a) && kind.speaks(b) && kind.sameKey(a, b)
  for (const { length } of Object.values(samples)) expect(length).toBeGreaterThan(0)
  expect(samples.byKey.every(isSame)).toBe(true)
  expect(samples.joined.some(isSame)).toBe(false)
  expect(samples.joined.every(([a, b]) => entity[a] === entity[b])).toBe(true)
  expect(samples.apart.every(([a, b]) => entity[a] !== entity[b])).toBe(true)
  expect(drawn(1).samples).toEqual(samples)
  expect(drawn(2).samples.joined.slice(0, 60)).not.toEqual(samples.joined.slice(0, 60))
})

test('each pair is as likely to be drawn, wherever it comes and however often', () => {
  const draw = new Draw(7, 1000)
  for (let n = 0; n < 100_000; n++) for (let times = 0; times <= n % 3; times++) draw.offer(n, n + 1)
  const pairs = draw.pairs()
  expect(pairs).toHaveLength(1000)
  expect(new Set(pairs.map(([a]) => a)).size).toBe(1000)
  // Of 1,000 drawn evenly, a half holds 500 and a third 333, give or take 4 standard deviations.
  const first = pairs.filter(([a]) => a < 50_000).length
  const thrice = pairs.filter(([a]) => a % 3 === 2).length
  expect(Math.abs(first - 500)).toBeLessThan(64)
  expect(Math.abs(thrice - 333)).toBeLessThan(60)
  expect(Math.abs(pairs.slice(0, 200).filter(([a]) => a < 50_000).length - 100)).toBeLessThan(29)
})

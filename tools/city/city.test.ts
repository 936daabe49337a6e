import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkCitizenNumber } from '../../platform/registry/server/identifiers/citizen.ts'
import { checkCreditCode } from '../../platform/registry/server/identifiers/credit-code.ts'
import { type Block, makeBlock } from './block.ts'
import { AS_OF, ageOn } from './dates.ts'
import { isFirm } from './firm.ts'
import { type Manifest, makeCity } from './make-city.ts'
import { cityPlan } from './plan.ts'

const CITY = { residents: 12_000, seed: 7 }
let folder: string
let one: Manifest
let blocks: Block[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daizong-city-'))
  one = await makeCity({ ...CITY, out: join(folder, 'one'), workers: 1 })
  const plan = cityPlan(CITY)
  blocks = plan.blocks.map((_, index) => makeBlock(plan, index))
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const people = () => blocks.flatMap((block) => block.people)
const firms = () => blocks.flatMap((block) => block.firms)
const read = (file: string) => readFile(join(folder, 'one', file))
/** Lines of a csv file below its heading, taken apart; for files without quoted cells. */
const rowsOf = (bytes: Buffer, encoding = 'utf-8', separator = ',') =>
  iconv
    .decode(bytes, encoding)
    .trimEnd()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(separator))

test('the same residents and seed give the same bytes with any number of workers, another seed gives others', async () => {
  const three = await makeCity({ ...CITY, out: join(folder, 'three'), workers: 3 })
  expect(three).toEqual(one)
  for (const name of await readdir(join(folder, 'one', 'truth', 'rows')))
    expect(await readFile(join(folder, 'three', 'truth', 'rows', name))).toEqual(await read(`truth/rows/${name}`))
  for (const { control } of one.files)
    if (control) expect(await readFile(join(folder, 'three', control))).toEqual(await read(control))
  const other = await makeCity({ residents: 2000, seed: 8, out: join(folder, 'other'), workers: 2 })
  expect(other.files[0]?.sha256).not.toBe(one.files[0]?.sha256)
}, 60_000)

test('a block is the same whether the others were made before or not', () => {
  const plan = cityPlan(CITY)
  const last = plan.blocks.length - 1
  expect(makeBlock(plan, last).people.map(({ number }) => number)).toEqual(
    blocks[last]?.people.map(({ number }) => number),
  )
})

describe('the city is consistent with itself', () => {
  test('there are as many residents and firms as asked for', () => {
    const living = people().filter(({ death }) => death === undefined).length
    expect(Math.abs(living - CITY.residents)).toBeLessThan(CITY.residents / 1000)
    expect(firms().length).toBe(one.firms)
  })
  test('numbers and codes are valid and nobody shares them', () => {
    const numbers = people().map(({ number }) => number)
    const codes = firms().map(({ code }) => code)
    expect(numbers.filter((number) => checkCitizenNumber(number) !== undefined)).toEqual([])
    expect(codes.filter((code) => checkCreditCode(code) !== undefined)).toEqual([])
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(new Set(codes).size).toBe(codes.length)
  })
  test('parents are older than their children, twins share birth and mother, marriages are mutual', () => {
    for (const person of people()) {
      for (const parent of [person.mother, person.father])
        if (parent) expect(ageOn(parent.birth, person.birth)).toBeGreaterThanOrEqual(16)
      if (person.twin) {
        expect(person.twin.twin).toBe(person)
        expect(Math.abs(person.twin.birth - person.birth)).toBeLessThanOrEqual(1)
        expect(person.twin.mother).toBe(person.mother)
      }
      if (person.spouse) expect(person.spouse.spouse).toBe(person)
      expect(person.birth).toBeLessThanOrEqual(person.death ?? AS_OF)
    }
  })
  test('shares of a firm add up to 100 and belong to people and firms of the city', () => {
    const everybody = new Set<unknown>([...people(), ...firms()])
    for (const firm of firms()) {
      if (firm.shareholders.length === 0) continue
      const sum = firm.shareholders.reduce((total, { percent }) => total + percent, 0)
      expect(sum).toBeCloseTo(100, 6)
      for (const { holder } of firm.shareholders) {
        expect(everybody.has(holder)).toBe(true)
        if (isFirm(holder)) expect(holder).not.toBe(firm)
      }
    }
  })
  test('who works is grown up, alive, and works for a firm that is open', () => {
    for (const { job, death, birth } of people())
      if (job) {
        expect(death).toBeUndefined()
        expect(ageOn(birth, job.from)).toBeGreaterThanOrEqual(16)
        expect(job.firm.closedOn).toBeUndefined()
      }
  })
  test('rare characters, twins, moves, deaths and new names all occur', () => {
    const all = people()
    expect(all.some(({ name }) => /[\u{20000}-\u{3ffff}]/u.test(name))).toBe(true)
    for (const has of ['twin', 'death', 'formerName'] as const) expect(all.some((each) => each[has])).toBe(true)
    expect(all.some(({ household }) => household.movedOn !== undefined)).toBe(true)
  })
})

describe('the files', () => {
  test('come from twenty departments, in four formats and three encodings', () => {
    const handed = one.files.filter(({ department }) => department !== '')
    expect(new Set(handed.map(({ department }) => department)).size).toBeGreaterThanOrEqual(20)
    expect(new Set(handed.map(({ file }) => file.split('.').at(-1)))).toEqual(new Set(['csv', 'xlsx', 'json', 'jsonl']))
    expect(new Set(handed.map(({ encoding }) => encoding)).size).toBeGreaterThanOrEqual(3)
  })
  test('of some departments are told in rows and sums, as they stand in the file', async () => {
    const told = one.files.find(({ file }) => file === 'files/gongjijin-jiaocun.csv')
    const rows = rowsOf(await read('files/gongjijin-jiaocun.csv'), 'gbk', '\t')
    const sum = rows.reduce((all, cells) => all + Number(cells[5]), 0)
    expect(String(await read(told?.control ?? ''))).toBe(`rows=${rows.length}\nsum.缴存基数=${sum}\n`)
    expect(one.files.filter(({ control }) => control).length).toBe(3)
  })
  test('hold mistakes at the rates that the manifest states', () => {
    const told = one.files.flatMap(({ file, mistakes }) => mistakes.map((each) => ({ file, ...each })))
    expect(told.length).toBeGreaterThan(200)
    for (const { file, kind, rate, could, did } of told) {
      const spread = Math.sqrt(could * rate * (1 - rate))
      expect(Math.abs(did - could * rate), `${kind} of ${file}`).toBeLessThanOrEqual(5 * spread + 3)
    }
  })
  test('say of each row whom it is about, and a row without mistakes is right', async () => {
    const truth = rowsOf(await read('truth/rows/gongan-renkou.csv'))
    const rows = rowsOf(await read('files/gongan-renkou.csv'), 'gb18030')
    const persons = new Map(rowsOf(await read('truth/people.csv')).map((cells) => [cells[0], cells]))
    expect(rows.length).toBe(truth.length)
    for (const [at, [id, , mistakes]] of truth.entries()) {
      if (mistakes !== '') continue
      const [, number, , name] = persons.get(id) ?? []
      expect(rows[at]?.slice(0, 2)).toEqual([number, name])
    }
    expect(truth.some(([, , mistakes]) => mistakes === 'duplicate')).toBe(true)
  })
})

describe('what is wrong is said, and nothing half made is left', () => {
  const out = () => join(folder, 'wrong')
  test.each([
    [{ residents: 10, seed: 1, workers: 1 }, /residents/],
    [{ residents: 2000, seed: -1, workers: 1 }, /seed/],
    [{ residents: 2000, seed: 1, workers: 0 }, /workers/],
  ])('%o', async (options, message) => {
    await expect(makeCity({ ...options, out: out() })).rejects.toThrow(message)
  })
  test('a folder that holds something is left alone', async () => {
    await mkdir(out())
    await writeFile(join(out(), 'mine.txt'), 'x')
    await expect(makeCity({ residents: 2000, seed: 1, workers: 1, out: out() })).rejects.toThrow(/not empty/)
    expect(await readdir(out())).toEqual(['mine.txt'])
    expect(await readdir(folder)).not.toContain('wrong.unfinished')
  })
})

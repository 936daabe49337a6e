import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tags } from '#platform/tags'
import { type Client, client, signIn, type TestApp, testApp } from '#platform/testing'
import { call, citizenNumber, PASSWORD, writeRows } from '../../../resources/one-file/server/testing/city.ts'
import { settle } from '../../../resources/one-file/server/testing/settle.ts'
import { FIRM } from '../declarations/subject.ts'
import { creditCode } from './testing/credit-code.ts'

let running: TestApp
let [steward, market] = [] as unknown as [Client, Client]

const LETTERS = 'ABCDEFGHKLMNO'
const code = (letter: string) => creditCode(LETTERS.indexOf(letter) + 1)
const name = (letter: string) => `泰安${letter}示例有限公司`
const PEOPLE = { 裴一: 1, 席二: 2, 殷三: 3, 仇四: 4, 危五: 5, 蔚六: 6, 邱七: 7 }

/** `of` is held by `holder`, a firm by its letter or a person by name. */
const share = (of: string, holder: string, percent: number, since = '2015-01-01') => ({
  code: code(of),
  firmName: name(of),
  holder: LETTERS.includes(holder) ? name(holder) : holder,
  holderKind: LETTERS.includes(holder) ? '企业法人' : '自然人',
  holderNumber: LETTERS.includes(holder)
    ? code(holder)
    : citizenNumber('19700505', `00${PEOPLE[holder as keyof typeof PEOPLE]}`),
  percent,
  since,
})

beforeAll(async () => {
  running = await testApp({ demo: true })
  ;[steward, market] = await Promise.all([signIn(running, 'steward', PASSWORD), signIn(running, 'market', PASSWORD)])
  await writeRows(
    running,
    'base.firm',
    [...LETTERS].map((letter) => ({
      code: code(letter),
      name: name(letter),
      kind: '有限责任公司',
      representative: '王示例',
      establishedOn: '2014-01-01',
      state: '在营',
    })),
  )
  await writeRows(running, 'base.shareholding', [
    ...[share('A', '裴一', 45), share('A', 'B', 50), share('B', 'A', 90)],
    ...[share('C', '席二', 60), share('C', 'D', 30), share('D', '殷三', 100)],
    ...[share('F', 'E', 70, '2018-01-01'), share('E', '仇四', 80, '2022-01-01')],
    ...[share('G', '危五', 30), share('G', 'H', 40), share('H', '危五', 100)],
    ...[share('K', '蔚六', 60), share('K', 'L', 10), share('L', '蔚六', 50)],
    ...[share('M', 'N', 100), share('N', 'O', 90), share('O', '邱七', 70)],
  ])
  await settle(running.app)
  expect((await running.app.use(tags).run(FIRM)).failed).toEqual([])
}, 300_000)
afterAll(() => running.stop())

const get = (path: string, purpose = '企业日常监管：专项检查', who = market) =>
  call(running, who, 'GET', path, { purpose })

/** Values of the tags of control that a firm carries. */
async function tagged(firm: string): Promise<Record<string, string>> {
  const { body } = await get(`/api/tags/subjects/${FIRM}/members/${code(firm)}`)
  const all = body.tags as { tag: string; value: string }[]
  const found = all.map(({ tag, value }) => [tag.replace('legal-persons.', ''), value] as const)
  return Object.fromEntries(found.filter(([tag]) => /^control/.test(tag)))
}

/** What its file says that people have of it; `*` marks control. */
async function filed(firm: string): Promise<Record<string, string>> {
  const read = (path: string) => get(path, '档案归并和核对', steward)
  const [{ id }] = (await read(`/api/one-file/firms?q=${code(firm)}`)).body.rows
  const { body } = await read(`/api/one-file/firms/${id}?unmask=true`)
  const all = body.controllers as { kind: string; name: string; percent: number; isControl: boolean }[]
  const people = all.filter(({ kind }) => kind === 'person')
  return Object.fromEntries(people.map(({ name, percent, isControl }) => [name, `${percent}${isControl ? '*' : ''}`]))
}

const evidencePath = (tag: string, firm: string) => `/api/tags/legal-persons.${tag}/evidence/${code(firm)}`
/** Of each row: percent of the person and of the chain, step, firm, holder, percent. */
async function evidence(tag: string, firm: string): Promise<unknown[][]> {
  const { body } = await get(evidencePath(tag, firm))
  expect(body.columns.map((column: { name: string }) => column.name)).toEqual([
    'person_percent',
    'chain_percent',
    'step',
    'code',
    'firm_name',
    'holder',
    'percent',
    'since',
  ])
  return body.rows.map(([person, chain, step, , held, holder, percent]: unknown[]) => [
    ...[person, chain, step, held, holder, percent],
  ])
}

describe('the tags of control say what the file of a firm says', () => {
  test('where firms hold each other no share counts twice', async () => {
    expect(await tagged('A')).toEqual({ 'controller-none': '45.0' })
    expect(await filed('A')).toEqual({ 裴一: '45' })
    expect(await tagged('B')).toEqual({ 'controller-none': '40.5' })
    expect(await filed('B')).toEqual({ 裴一: '40.5' })
  })

  test('a firm that somebody controls directly is not controlled through firms, whoever else holds through one', async () => {
    expect(await tagged('C')).toEqual({ 'controller-found': '60.0' })
    expect(await filed('C')).toEqual({ 席二: '60*', 殷三: '30' })
    expect(await tagged('K')).toEqual({ 'controller-found': '65.0' })
    expect(await filed('K')).toEqual({ 蔚六: '65*' })
  })

  test('a firm whose controller holds through firms, alone or besides, is', async () => {
    expect(await tagged('F')).toEqual({ 'controller-found': '56.0', 'controlled-through': '56.0' })
    expect(await filed('F')).toEqual({ 仇四: '56*' })
    expect(await tagged('G')).toEqual({ 'controller-found': '70.0', 'controlled-through': '70.0' })
    expect(await filed('G')).toEqual({ 危五: '70*' })
    expect(await tagged('M')).toEqual({ 'controller-found': '63.0', 'controlled-through': '63.0' })
    expect(await filed('M')).toEqual({ 邱七: '63*' })
  })

  test('and hold since the last share of the chain', async () => {
    const { body } = await get(`/api/tags/subjects/${FIRM}/members/${code('F')}`)
    const all = body.tags as { tag: string; since: string }[]
    expect(all.find(({ tag }) => tag === 'legal-persons.controlled-through')?.since).toBe('2022-01-01')
  })
})

describe('their evidence', () => {
  test('is the shares along the chains that made the value', async () => {
    expect(await evidence('controlled-through', 'M')).toEqual([
      [63, 63, 1, name('M'), name('N'), 100],
      [63, 63, 2, name('N'), name('O'), 90],
      [63, 63, 3, name('O'), '邱七', 70],
    ])
    expect(await evidence('controlled-through', 'G')).toEqual([
      [70, 40, 1, name('G'), name('H'), 40],
      [70, 40, 2, name('H'), '危五', 100],
      [70, 30, 1, name('G'), '危五', 30],
    ])
    expect(await evidence('controller-none', 'A')).toEqual([[45, 45, 1, name('A'), '裴一', 45]])
    expect(await evidence('controller-none', 'B')).toEqual([
      [40.5, 40.5, 1, name('B'), name('A'), 90],
      [40.5, 40.5, 2, name('A'), '裴一', 45],
    ])
  })

  test('names nobody but those whom the tag is about, and only for a purpose and by a right', async () => {
    expect(await evidence('controller-found', 'C')).toEqual([[60, 60, 1, name('C'), '席二', 60]])
    expect((await get(evidencePath('controller-found', 'C'), '')).body.code).toBe('purpose-needed')
    const reader = await client(running, {
      rights: { 'tags.read': 'city', 'legal-persons.read': 'city', 'tags.sensitive': 'city' },
    })
    expect((await get(evidencePath('controller-found', 'C'), '核实', reader)).body.code).toBe('personal-evidence')
  })
})

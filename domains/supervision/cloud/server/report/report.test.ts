import { expect, test } from 'vitest'
import { docx, REPORT } from '../testing.ts'
import { deadlineIn, quantityIn } from './deadlines.ts'
import { readDocx } from './docx.ts'
import { draftTree } from './draft-tree.ts'
import { chineseNumber } from './numbering.ts'
import { unitsIn } from './units.ts'

const UNITS = [
  ['city.big-data', '市大数据局'],
  ['city.ecology', '市生态环境局'],
  ['city.finance', '市财政局'],
  ['city.industry', '市工业和信息化局'],
  ['county.370902.government', '泰山区政府'],
].map(([id = '', short = '']) => ({ id, name: short, short }))

const draft = () =>
  draftTree(readDocx(docx(REPORT)), {
    plan: 'p',
    year: 2026,
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    units: UNITS,
    counties: ['county.370902.government'],
    divisionOf: (unit) => (unit.startsWith('county.') ? '370902' : undefined),
  })

test('automatic and typed Chinese numbers make one tree, merged headings too', () => {
  const { nodes, title } = draft()
  expect(title).toBe('2026年政府工作报告')
  const titleOf = (id: string | undefined) => nodes.find((node) => node.id === id)?.title
  expect(
    nodes
      .filter(({ kind }) => kind !== 'milestone')
      .map(({ kind, title: name, parent }) => [kind, name, titleOf(parent)]),
  ).toEqual([
    ['goal', '工业经济', undefined],
    ['goal', '培育壮大产业集群', '工业经济'],
    ['task', '新增规上工业企业100家', '培育壮大产业集群'],
    ['task', '实施技改项目200个', '培育壮大产业集群'],
    ['goal', '生态环境', undefined],
    ['goal', '打好蓝天保卫战', '生态环境'],
    ['task', '治理扬尘污染', '打好蓝天保卫战'],
    ['task', '推进河道治理', '打好蓝天保卫战'],
  ])
})

test('units, dates and quantities are read; what is missing or unknown is said', () => {
  const { nodes } = draft()
  const task = (name: string) => nodes.find(({ title }) => title === name)
  expect(task('新增规上工业企业100家')).toMatchObject({
    lead: 'city.big-data',
    joint: ['city.ecology', 'city.finance'],
    due: '2026-12-31',
  })
  expect(task('实施技改项目200个')).toMatchObject({
    lead: 'city.industry',
    doubts: ['unknown-unit:市经济和信息化委员会'],
  })
  expect(task('治理扬尘污染')).toMatchObject({
    lead: 'city.ecology',
    joint: ['county.370902.government'],
    due: '2026-10-15',
    quantity: expect.stringContaining('120处'),
  })
  expect(task('推进河道治理')).toMatchObject({ doubts: ['missing-unit'] })
  const parts = nodes.filter(({ parent }) => parent === task('新增规上工业企业100家')?.id)
  expect(parts.map(({ due, title }) => [due, title])).toEqual([
    ['2026-06-30', '6月底前完成培育库建设'],
    ['2026-12-31', '年底前新增规上工业企业100家以上'],
  ])
})

test.each([
  ['6月底前完成', '2026-06-30'],
  ['2月底前', '2026-02-28'],
  ['2027年3月15日前建成', '2027-03-15'],
  ['三季度末', '2026-09-30'],
  ['一季度', '2026-03-31'],
  ['上半年', '2026-06-30'],
  ['年底前', '2026-12-31'],
  ['2月30日前', undefined],
  ['持续推进', undefined],
])('the date in “%s”', (text, due) => {
  expect(deadlineIn(text, 2026)?.due).toBe(due)
})

test('quantities are kept as written', () => {
  expect(quantityIn('覆盖率达到95%以上，新建120个站点')).toBe('覆盖率达到95%以上；新建120个')
  expect(quantityIn('持续推进')).toBeUndefined()
})

test('units by their short forms; an ambiguous one is unknown', () => {
  expect(unitsIn('x（市工信局牵头，市财政局配合）', UNITS, [])).toMatchObject({
    lead: ['city.industry'],
    joint: ['city.finance'],
    unknown: [],
    rest: 'x',
  })
  expect(unitsIn('x（责任单位：市局）', UNITS, [])).toMatchObject({ lead: [], unknown: ['市局'] })
})

test('what is no Word document is refused with a clear word', () => {
  expect(() => readDocx(new TextEncoder().encode('hello'))).toThrow('not-docx')
  expect(() => readDocx(docx([]).slice(0, 300))).toThrow('not-docx')
})

test('numbers as Word writes them', () => {
  expect([1, 10, 11, 20, 21, 99].map(chineseNumber)).toEqual(['一', '十', '十一', '二十', '二十一', '九十九'])
})

import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { dataset } from '../../dataset.ts'
import { field } from '../../fields.ts'
import { slotsOf } from '../cells/plan.ts'
import { storageOf } from '../storage.ts'
import { assignColumns, suggestColumns } from './suggest-columns.ts'

const words = (zh: string, en: string) => ({ zh, en })
const storage = storageOf(
  dataset({
    id: 'test.person',
    title: words('人员', 'People'),
    about: words('测试', 'Test'),
    source: 'city',
    schema: Type.Object({
      number: field.identity(words('公民身份号码', 'Citizen number')),
      name: field.text(words('姓名', 'Name')),
      bornOn: field.date(words('出生日期', 'Born on')),
      address: field.text(words('户籍地址', 'Registered address'), { aliases: ['户口所在地'] }),
      sex: field.code(words('性别', 'Sex'), { 1: words('男', 'Male'), 2: words('女', 'Female') }),
    }),
    key: ['number'],
    level: 'internal',
    sharing: 'none',
    opening: 'closed',
    retention: 'permanent',
  }),
)
const slots = storage ? slotsOf(storage, () => ({})) : []
const slotOf = (title: string, values: string[] = []) => suggestColumns([{ title, values }], slots)[0]?.[0]

test('a title that is like a field is suggested with how much, values that fit with how many', () => {
  expect(slotOf('户籍所在地址')).toMatchObject({ slot: 'address' })
  const born = slotOf('出生年月日', ['1980-02-03', '1991/4/5', ''])
  expect(born?.slot).toBe('bornOn')
  expect(born?.reasons.map(({ zh }) => zh)).toEqual([
    expect.stringContaining('相似'),
    '抽查 2 个值，2 个符合“出生日期”的要求',
  ])
})

test('values that only a citizen number can be suggest it under any title; values that cannot be one refute the name', () => {
  expect(slotOf('col7', ['370902199003070033', '37090219520126004X'])?.slot ?? 'none').toBe('none')
  expect(slotOf('col7', ['11010519491231002X', '440524188001010014'])).toMatchObject({ slot: 'number' })
  expect(slotOf('出生日期', ['张三', '李四'])?.slot).not.toBe('bornOn')
})

test('no slot is given twice, and the same name goes before what is alike', () => {
  const assigned = assignColumns(
    [
      { title: '常住地址', values: [] },
      { title: '户籍地址', values: [] },
      { title: '备注', values: [] },
    ],
    slots,
  )
  expect(assigned.map((each) => each?.slot ?? null)).toEqual([null, 'address', null])
})

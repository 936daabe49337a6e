import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { field } from '#platform/registry'
import { InvalidInput, words } from '#runtime'
import { checkForm } from './contract.ts'
import { formFields, withoutEmpty } from './form-fields.ts'
import { issuesIn } from './issues-in.ts'

const visit = Type.Object(
  {
    reason: field.text(words('原因', 'Reason'), { min: 2, max: 10, help: words('一句话', 'One sentence') }),
    level: field.code(words('等级', 'Level'), { a: words('一般', 'Minor'), b: words('严重', 'Grave') }),
    on: field.date(words('日期', 'Day')),
    amount: Type.Optional(field.decimal(words('浓度', 'Concentration'), { min: 0, max: 500, unit: 'ug/m3' })),
    files: field.files(words('照片', 'Photos'), { min: 1 }),
  },
  { additionalProperties: false },
)
const good = { reason: '超标排放', level: 'a', on: '2026-03-01', files: ['f1'] }

test('names each wrong field once, in both languages, with what to do', () => {
  const wrong = { reason: '无', level: 'z', on: '2026-02-31', amount: 501, files: [], extra: 1 }
  const found = Object.fromEntries(issuesIn(visit, wrong, '/form').map((issue) => [issue.path, issue.message]))
  expect(found).toEqual({
    '/form/reason': words('至少 2 个字', 'At least 2 characters'),
    '/form/level': words('不在可选范围内', 'Not one of the choices'),
    '/form/on': words('格式不正确', 'The format is not right'),
    '/form/amount': words('不能大于 500', 'Not more than 500'),
    '/form/files': words('至少 1 项', 'At least 1 items'),
    '/form/extra': words('不认识的字段“extra”', 'Unknown field "extra"'),
  })
})

test('says of everything that is missing that it is required', () => {
  expect(issuesIn(visit, {}).map(({ path, message }) => `${path} ${message.en}`)).toEqual([
    '/reason Required',
    '/level Required',
    '/on Required',
    '/files Required',
  ])
})

test('the server refuses what the browser would refuse, and nothing else', () => {
  expect(() => checkForm(visit, { ...good, level: 'z' }, '/form')).toThrow(InvalidInput)
  expect(() => checkForm(visit, good)).not.toThrow()
})

test('a schema that was stored as JSON gives the same form and the same check', () => {
  const stored = JSON.parse(JSON.stringify(visit))
  expect(formFields(stored)).toEqual(formFields(JSON.parse(JSON.stringify(visit))))
  expect(issuesIn(stored, { ...good, reason: '' })).toEqual(issuesIn(visit, { ...good, reason: '' }))
})

test('agrees with Ajv, which checks the calls, on any value', () => {
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }))
  const check = ajv.compile(JSON.parse(JSON.stringify(visit)))
  const entry = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.string({ maxLength: 3 }), { maxLength: 2 }),
    fc.constantFrom('a', 'b', '2026-03-01', '2026-02-30', null),
  )
  const value = fc.record({ reason: entry, level: entry, on: entry, amount: entry, files: entry }, { requiredKeys: [] })
  fc.assert(
    fc.property(
      fc.oneof(
        value,
        value.map((some) => ({ ...good, ...some })),
      ),
      (some) => {
        const plain = JSON.parse(JSON.stringify(some))
        expect(issuesIn(visit, plain).length === 0).toBe(check(plain))
      },
    ),
    { numRuns: 500 },
  )
})

test('a form shows fields in their order with title, help, unit and choices', () => {
  const fields = formFields(visit as never)
  expect(fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ['reason', 'text', true],
    ['level', 'code', true],
    ['on', 'date', true],
    ['amount', 'decimal', false],
    ['files', 'files', true],
  ])
  expect(fields[0]?.help?.en).toBe('One sentence')
  expect(fields[1]?.choices?.map(({ value, title }) => [value, title.zh])).toEqual([
    ['a', '一般'],
    ['b', '严重'],
  ])
  expect(fields[3]?.unit).toBe('ug/m3')
})

test('an emptied field is not sent, so an optional one may stay empty and a required one is missed', () => {
  expect(withoutEmpty({ reason: '  x ', level: '', amount: null, on: undefined, files: [] })).toEqual({
    reason: 'x',
    files: [],
  })
})

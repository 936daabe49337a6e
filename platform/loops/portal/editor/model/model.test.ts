import { expect, test } from 'vitest'
import { formFields, issuesIn } from '#portal/forms'
import { termOf, termWords } from '../../../../rules/term.ts'
import { optionsFor } from '../inputs/who-kinds.ts'
import { changesBetween } from './changes.ts'
import { isDefault } from './defaults.ts'
import { asForm, type Draft, draftOf } from './draft.ts'
import { addStep, connect, drawOn, removeAction, removeStep, setKind, setStep } from './edit.ts'
import { addField, changeField, moveField, readable, removeField, stored, unitFields } from './fields.ts'
import { begun, turned } from './history.ts'
import { addJoint, removeJoint } from './joint.ts'
import { fromTemplate, TEMPLATES } from './templates.ts'
import { stepsInOrder } from './walk.ts'
import { countByStage, plainly, whereOf } from './where.ts'

const title = { zh: '来访', en: 'Visit' }
const template = (id: string): Draft => {
  const found = TEMPLATES.find((one) => one.id === id)
  return found ? fromTemplate('own.x', title, found) : draftOf('own.x', {})
}

test('drawing on from a step adds the next one with the action that leads there', () => {
  const [second, id] = drawOn(template('blank'), 'step1', 'open')
  const [third, last] = drawOn(second, id, 'open')
  const [whole, finish] = connect(third, last, 'done')
  expect(stepsInOrder(whole)).toEqual(['step1', id, last, 'done'])
  expect(whole.actions[finish]).toMatchObject({ title: { en: 'Finish' }, from: [last], to: 'done', look: 'primary' })
  const [, other] = connect(whole, last, 'step1')
  expect(connect(whole, last, 'step1')[0].actions[other]?.look).toBeUndefined()
})

test('the first step of an empty definition is where matters begin', () => {
  const [draft, id] = addStep(draftOf('own.x', {}), title)
  expect(draft.start).toBe(id)
})

test('a step that is removed takes along what only started there, and no name of it stays behind', () => {
  const draft = template('three')
  const reopening = { ...draft, reopen: { within: '30d', to: 'handling' } }
  const left = removeStep(reopening, 'handling')
  expect(Object.keys(left.places)).toEqual(['accepting', 'checking', 'done'])
  expect(Object.keys(left.actions)).toEqual(['accept', 'pass'])
  expect(left.actions.accept?.to).toBe('checking')
  expect(left.actions.pass?.notBy).toBeUndefined()
  expect(JSON.stringify(left)).not.toContain('"handling"')
})

test('without its end, a step has no button that leads nowhere', () => {
  const left = removeStep(template('three'), 'done')
  expect(left.actions.pass).toBeUndefined()
  const [mended] = drawOn(left, 'checking', 'end')
  expect(Object.values(mended.actions).filter(({ to }) => to === undefined)).toEqual([])
})

test('an action that is removed is also gone where a clock or a second pair of eyes names it', () => {
  const draft = setStep(template('three'), 'checking', { clock: { limit: '2wd', atLimit: [{ act: 'report' }] } })
  expect(JSON.stringify(removeAction(draft, 'report'))).not.toContain('report')
})

test('a step that becomes an end loses who has it and its clock', () => {
  const draft = setStep(template('three'), 'checking', { clock: { limit: '2wd' } })
  expect(setKind(draft, 'checking', 'end').places.checking).toEqual({
    title: draft.places.checking?.title,
    kind: 'end',
    outcome: 'done',
  })
})

test('typing in one field is undone at once, other changes one by one, and all is done again', () => {
  const [a, b, c] = ['甲', '甲乙', '丙'].map((zh) => draftOf('own.x', { title: { zh, en: zh } })) as [
    Draft,
    Draft,
    Draft,
  ]
  const edited = [
    { draft: a, mark: 'title', at: 1000 },
    { draft: b, mark: 'title', at: 1200 },
    { draft: c, mark: 'about', at: 1300 },
  ].reduce((history, one) => turned(history, { do: 'edit', ...one }), begun(draftOf('own.x', {})))
  const once = turned(edited, { do: 'undo' })
  expect(once.now).toBe(b)
  const twice = turned(once, { do: 'undo' })
  expect(twice.now.title.zh).toBe('')
  expect(turned(twice, { do: 'undo' }).now).toBe(twice.now)
  expect(turned(turned(twice, { do: 'redo' }), { do: 'redo' }).now).toBe(c)
})

test('fields of a form are added, renamed, moved and removed', () => {
  const two = addField(addField({}, 'text', title), 'date', { zh: '日期', en: 'Date' })
  expect(two.required).toEqual(['field1', 'field2'])
  const renamed = changeField(two, 'field1', { title: { zh: '姓名', en: 'Name' }, required: false })
  expect(renamed.properties?.field1?.daizong?.title).toEqual({ zh: '姓名', en: 'Name' })
  expect(Object.keys(moveField(renamed, 'field2', -1).properties ?? {})).toEqual(['field2', 'field1'])
  expect(removeField(two, 'field2')).toMatchObject({ properties: { field1: {} }, required: ['field1'] })
})

test('a headline is read and written with the titles of the fields', () => {
  const form = addField({}, 'text', { zh: '事由', en: 'About' })
  expect(readable('{field1}！', form, 'zh')).toBe('{事由}！')
  expect(stored('{About}: {nothing}', form, 'en')).toBe('{field1}: {nothing}')
})

test('terms are said in words', () => {
  expect(termWords('5wd')).toEqual({ zh: '5个工作日', en: '5 working days' })
  expect(termWords('1h').en).toBe('1 hour')
  expect(termOf('5x')).toBeUndefined()
})

test('what differs from the version in force is said by step and action', () => {
  const before = template('three')
  const [more] = drawOn(setStep(before, 'handling', { clock: { limit: '3wd' } }), 'checking', 'end')
  expect(changesBetween(before, more).map(({ en }) => en)).toEqual([
    'Step "In hand": changed clock',
    'New: Step "Done"',
    'New: Action "Finish"',
  ])
  expect(changesBetween(before, { ...before })).toEqual([])
  const two = { ...before, data: asForm(addField(before.data, 'date', title)) }
  const moved = { ...two, data: asForm(moveField(two.data, 'field1', -1)) }
  expect(changesBetween(two, moved).map(({ en }) => en)).toEqual(['The matter: changed data'])
})

test('a mistake leads to the step, action or stage where it is put right, in plain words', () => {
  expect(whereOf('/places/handling/clock')).toEqual({ kind: 'step', id: 'handling' })
  expect(whereOf('/clock/limit')).toBe('clock')
  const at = '/places/handling/title/zh'
  const shape = { at, message: { zh: `${at}：不能为空`, en: `${at}: is empty` } }
  expect(plainly(shape, template('three'))).toEqual({
    zh: '环节“办理中”的名称：不能为空',
    en: 'Step "In hand", title: is empty',
  })
  const way = { at: '/places/done', message: { zh: '没有操作通向环节“办结”', en: 'nothing leads to "Done"' } }
  expect(plainly(way, template('three')).en).toBe('Nothing leads to "Done"')
  expect(countByStage([shape, { ...shape, at: '/actions/pass' }, { ...shape, at: '/headline' }])).toEqual({
    steps: 1,
    actions: 1,
    name: 1,
  })
})

test('titles that the editor wrote are known, so that renaming one drops its other language', () => {
  expect(isDefault({ zh: '新环节', en: 'New step' })).toBe(true)
  expect(isDefault({ zh: '待受理', en: 'To be accepted' })).toBe(true)
  expect(isDefault({ zh: '新环节', en: 'Visit' })).toBe(false)
})

test('joint handling comes with the automatic action that leaves the step, and goes with it', () => {
  const [one, first] = addStep(draftOf('own.joint', {}), { zh: '联办', en: 'Joint' })
  const [two, end] = addStep(one, { zh: '办结', en: 'Done' }, 'end')
  const joint = addJoint(two, first)
  const leaveBy = joint.places[first]?.joint?.leaveBy ?? ''
  expect(joint.actions[leaveBy]).toMatchObject({ automatic: 'joint-ended', from: [first], to: end })
  expect(removeJoint(joint, first)).toEqual(two)
})

test('fields for one and for several organisations are made, told apart, and taken for joint handling', () => {
  const one = addField(addField({}, 'text', title), 'organisation', { zh: '主办', en: 'Lead' })
  const both = addField(one, 'organisations', { zh: '配合', en: 'Joint' })
  expect(unitFields(both).map(({ name, kind }) => [name, kind])).toEqual([
    ['field2', 'organisation'],
    ['field3', 'organisations'],
  ])
  const renamed = changeField(both, 'field3', { title: { zh: '协办', en: 'Others' }, kind: 'organisations' })
  expect(unitFields(renamed).at(-1)).toMatchObject({ kind: 'organisations', title: { zh: '协办' } })
  expect(formFields(changeField(both, 'field3', { kind: 'text' })).at(-1)?.kind).toBe('text')
  expect(unitFields(both, 'field1').map(({ name }) => name)).toEqual(['field1', 'field2', 'field3'])

  const filled = { field1: '夜市', field2: 'city.ecology', field3: ['city.police', 'city.urban'] }
  expect(issuesIn(asForm(both), filled)).toEqual([])
  for (const field3 of [[], ['city.police', 'city.police'], 'city.police'])
    expect(issuesIn(asForm(both), { ...filled, field3 }).map(({ path }) => path)).toEqual(['/field3'])

  const draft = { ...template('three'), data: asForm(both) }
  expect(addJoint(draft, 'handling').places.handling?.joint).toMatchObject({ units: 'field3' })
  const onlyOne = { ...draft, data: asForm(one) }
  expect(addJoint(onlyOne, 'handling').places.handling?.joint).toMatchObject({ units: 'field2' })
  const offered = optionsFor(
    'organisationIn',
    draft,
    { hooks: [], rights: [], definitions: [], terms: [] },
    ({ en }) => en,
  )
  expect(offered.map(({ value }) => value)).toEqual(['field2', 'field3'])
})

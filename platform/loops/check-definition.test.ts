import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { mistakesIn } from './check-definition.ts'
import type { LoopDefinition } from './definition.ts'
import { licence, share, work } from './testing/trial.ts'

const known = {
  rights: new Set(['trial.accept', 'trial.decide', 'trial.head', 'trial.handle', 'loops.supervise']),
  definitions: new Map<string, LoopDefinition>([
    ['trial.share', share],
    ['trial.work', work],
  ]),
}
const title = words('甲', 'A')
const wrong = (change: Partial<LoopDefinition>) =>
  mistakesIn({ ...licence, ...change }, known)
    .map(({ message }) => message.en)
    .join('\n')

test('sound definitions have no mistake', () => {
  for (const definition of [licence, work, share]) expect(mistakesIn(definition, known)).toEqual([])
})

test('a definition survives being stored as JSON', () => {
  expect(mistakesIn(JSON.parse(JSON.stringify(licence)), known)).toEqual([])
})

test('places that nothing leads to, and places without a way to an end, are named', () => {
  const places = { ...licence.places, island: { title, kind: 'open' as const } }
  expect(wrong({ places })).toContain('nothing leads to "A"')
  expect(wrong({ places })).toContain('no way leads from "A" to an end')
})

test('actions that name missing places, or start from an end, are named', () => {
  const lost = { title, from: ['nowhere'], to: 'granted' }
  const late = { title, from: ['granted'], to: 'deciding' }
  expect(wrong({ actions: { ...licence.actions, lost } })).toContain('action "lost" names the place "nowhere"')
  expect(wrong({ actions: { ...licence.actions, late } })).toContain('the action "A" starts from an end')
})

test('fields, rights, deeds and clocks that do not exist are named', () => {
  expect(wrong({ headline: words('{gone}', '{gone}') })).toContain('headline names the data field "gone"')
  expect(wrong({ division: 'gone' })).toContain('division names the data field "gone"')
  expect(wrong({ readers: [{ right: 'nobody.has' }] })).toContain('the right "nobody.has" is declared by no module')
  expect(wrong({ readers: [{ whoDid: 'fly' }] })).toContain('names the action "fly"')
  expect(wrong({ clock: { limit: '20wd', atLimit: [{ act: 'accept' }] } })).toContain(
    'does "accept", which is no action',
  )
  expect(wrong({ without: ['loops.fly'] })).toContain('"loops.fly" is no generic action')
})

test('a shape that is wrong is refused before the graph is looked at', () => {
  expect(wrong({ clock: { limit: 'soon' } })).toContain('/clock')
  expect(mistakesIn({ ...licence, colour: 'red' } as LoopDefinition, known)[0]).toMatchObject({ at: '/colour' })
})

test('sealed fields stay in datasets', () => {
  const data = Type.Object({ ...licence.data.properties, number: field.identity(words('证件', 'Identity')) })
  expect(wrong({ data })).toContain('the field "number" is sealed')
})

test('joint handling that names no loop or field is refused', () => {
  const joint = { loop: 'trial.gone', units: 'nobody', as: 'unit', leaveBy: 'close' }
  const places = { ...work.places, joint: { title, kind: 'waiting' as const, joint } }
  const found = mistakesIn({ ...work, places }, known)
    .map(({ message }) => message.en)
    .join('\n')
  for (const part of ['opens "trial.gone"', 'names the data field "nobody"', 'leaves by "close"'])
    expect(found).toContain(part)
})

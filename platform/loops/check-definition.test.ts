import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { mistakesIn } from './check-definition.ts'
import type { JointRule, LoopDefinition } from './definition.ts'
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

test('without any end that alone is said', () => {
  const places = { deciding: { title, kind: 'open' as const } }
  const found = mistakesIn({ ...licence, start: 'deciding', places, actions: {} }, known)
  expect(found.filter(({ at }) => at.startsWith('/places')).map(({ message }) => message.en)).toEqual([
    'there is no end yet: add one',
  ])
})

test('a post or field that nobody has chosen is named, wherever it says who', () => {
  const somebody = { title, from: ['deciding'], to: 'granted' }
  const unchosen: readonly (readonly [Partial<LoopDefinition>, string])[] = [
    [{ actions: { ...licence.actions, odd: { ...somebody, who: { accountIn: '' } } } }, 'for the action "A" no field'],
    [{ actions: { ...licence.actions, odd: { ...somebody, who: { post: '' } } } }, 'for the action "A" no post'],
    [{ readers: [{ postIn: '' }] }, 'for the matter no field'],
    [
      { clock: { limit: '5wd', atLimit: [{ urge: { organisationIn: '', right: 'trial.accept' } }] } },
      'for the matter no field',
    ],
  ]
  for (const [change, said] of unchosen) expect(wrong(change)).toContain(said)
})

test('joint handling says first what it lacks first, and what the units demand that nobody can give them', () => {
  const messages = (joint: JointRule, demanding = share) => {
    const places = { ...work.places, joint: { title, kind: 'waiting' as const, joint } }
    const definitions = new Map([...known.definitions, ['trial.share', demanding]])
    return mistakesIn({ ...work, places }, { ...known, definitions }).map(({ message }) => message.en)
  }
  const joint = { loop: 'trial.share', units: 'joint', as: 'unit', leaveBy: 'joined', cancelBy: 'cancel' }
  expect(messages({ ...joint, units: '', loop: '', as: '' })).toEqual([
    'joint handling of "A": choose the field that names the units',
  ])
  expect(messages({ ...joint, loop: '', as: '' })).toEqual([
    'joint handling of "A": choose the definition that the units follow',
  ])
  expect(messages({ ...joint, as: '' })).toEqual(['joint handling of "A": choose their field that names the unit'])
  expect(messages(joint)).toEqual([])
  const data = Type.Object({ ...share.data.properties, ground: field.text(words('事由', 'Ground')) })
  expect(messages(joint, { ...share, data })).toEqual([
    `"${share.title.en}", which the units follow, demands "Ground" (ground), which this one has not`,
  ])
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

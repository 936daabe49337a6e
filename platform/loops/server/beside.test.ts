import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { field } from '#platform/registry'
import { words } from '#runtime'
import { loop } from '../contract.ts'
import { lightAt } from '../light.ts'
import { clocksBy, ruleOf, startClock, summarise } from './clocks.ts'

const definition = loop({
  id: 'test.beside',
  version: 1,
  title: words('任务', 'Task'),
  data: Type.Object({ due: field.date(words('时限', 'Due')) }),
  headline: words('任务', 'Task'),
  start: 'assigned',
  places: {
    assigned: {
      title: words('待签收', 'To be signed for'),
      kind: 'open',
      clock: { limit: '2wd' },
      beside: { limit: { field: 'due' }, rollover: false },
    },
    closed: { title: words('办结', 'Closed'), kind: 'end' },
  },
  actions: { close: { title: words('办结', 'Close'), from: ['assigned'], to: 'closed' } },
})

const lightOn = (due: string) => {
  const at = new Date('2026-03-02T02:00:00Z')
  const clocks = clocksBy((name) => {
    const rule = ruleOf(definition, 'assigned', name)
    return rule && startClock(rule, { due }, at)
  })
  const { due: limit, warn } = summarise(definition, 'assigned', clocks, at)
  return lightAt(limit, warn, at)
}

test('a date to be kept meanwhile reddens the light, although the term of the place has only begun', () => {
  expect(lightOn('2026-02-27')).toBe('red')
  expect(lightOn('2026-06-30')).toBe('green')
})

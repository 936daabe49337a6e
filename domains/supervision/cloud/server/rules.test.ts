import { expect, test } from 'vitest'
import { assess, type Counted, lightPack } from '../rules/light.ts'
import { scorePack, scoreUnit } from '../rules/score.ts'
import type { Node } from './nodes.ts'
import { milestonesUnder, treeOf } from './tree.ts'

const node = (
  id: string,
  kind: Node['kind'],
  parent: string | undefined,
  weight: number,
  more: Partial<Node> = {},
): Node => ({
  id,
  plan: 'p',
  kind,
  title: id,
  position: 0,
  weight,
  joint: [],
  state: 'open',
  ...(parent ? { parent } : {}),
  ...more,
})

test('weights are shares of their siblings down the tree; a merged task gives its share to the others', () => {
  const nodes = [
    node('g', 'goal', undefined, 3),
    node('h', 'goal', undefined, 1),
    node('t', 'task', 'g', 1),
    node('u', 'task', 'g', 2, { state: 'merged', mergedInto: 't' }),
    node('m', 'milestone', 't', 1),
    node('n', 'milestone', 't', 3),
    node('x', 'milestone', 'u', 1, { state: 'merged', mergedInto: 't' }),
  ]
  const tree = treeOf(nodes)
  expect(tree.shares.get('m')).toBeCloseTo(0.75 / 4)
  expect(tree.shares.get('n')).toBeCloseTo((0.75 * 3) / 4)
  expect(milestonesUnder(tree, undefined).map(({ id }) => id)).toEqual(['m', 'n'])
})

const at = (weight: number, due: string, achievedOn: string | null = null, reportedOn = achievedOn): Counted => ({
  weight,
  due,
  achievedOn,
  reportedOn,
})

test.each([
  ['2026-03-31', 'green', 0, 0.4, null],
  ['2026-04-01', 'green', 0.4, 0.4, 1],
  ['2026-06-30', 'green', 0.4, 0.4, 1],
  ['2026-07-01', 'red', 0.8, 0.4, 0.5],
  ['2026-07-20', 'green', 0.8, 0.8, 1],
] as const)('worked example on %s', (day, light, planned, earned, spi) => {
  const milestones = [
    at(0.4, '2026-03-31', '2026-03-30'),
    at(0.4, '2026-06-30', '2026-07-15', '2026-07-15'),
    at(0.2, '2026-12-31'),
  ]
  expect(assess(lightPack.tables, milestones, day)).toMatchObject({ light, planned, earned, spi })
})

test('an own word earns nothing: reported is not achieved', () => {
  expect(assess(lightPack.tables, [at(1, '2026-06-30', null, '2026-06-01')], '2026-07-10')).toMatchObject({
    earned: 0,
    spi: 0,
    light: 'red',
    overdue: 0,
  })
})

test('lines of a score add up to the total', () => {
  const { total, lines } = scoreUnit(scorePack.tables, {
    items: [
      { milestone: 'a', weight: 0.2, role: 'lead', quality: 'good', daysLate: 0 },
      { milestone: 'b', weight: 0.3, role: 'lead', quality: 'excellent', daysLate: 20 },
      { milestone: 'c', weight: 0.5, role: 'joint', quality: null, daysLate: null },
    ],
    steps: [{ id: '7', step: 'letter' }],
  })
  // whole = 0.2 + 0.3 + 0.15 = 0.65: 100·(0.2·0.9 + 0.3·0.75)/0.65 − 1
  expect(total).toBe(61.31)
  expect(lines.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(61.31, 1)
  expect(lines.at(-1)).toMatchObject({ source: 'step:7', points: -1 })
})

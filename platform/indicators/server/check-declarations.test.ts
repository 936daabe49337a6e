import { expect, test } from 'vitest'
import { type Declared, type Module, words } from '#runtime'
import type { WarningRule } from '../indicator.ts'
import { checkWarnings } from './check-declarations.ts'

const indicator = {
  id: 'try.index',
  title: words('指数', 'Index'),
  about: words('指数', 'Index'),
  unit: '1',
  period: 'hour',
  dimension: 'city',
  better: 'lower',
  revision: words('无', 'None'),
  source: 'city',
  decimals: 0,
  compute: 'x',
} as const
const rule: WarningRule = {
  id: 'try.high',
  title: words('偏高', 'High'),
  indicator: 'try.index',
  levels: [
    { level: 'yellow', threshold: 100, periods: 1, source: 's' },
    { level: 'red', threshold: 200, periods: 1, source: 's' },
  ],
  loop: 'try.matter',
  data: 'x',
}
const check = (warning: WarningRule, better: 'lower' | 'higher' | 'neither' = 'lower') => {
  const module = {
    id: 'try',
    title: words('t', 't'),
    about: words('t', 't'),
    needs: [],
    folder: '/none',
    indicators: [{ ...indicator, better }],
    loops: [{ id: 'try.matter' }],
    warnings: [warning],
  } as unknown as Module
  checkWarnings([{ module, entry: warning } as Declared<'warnings'>], [module])
}

test('a warning that cannot work stops the start with a sentence that names it', () => {
  expect(() => check(rule)).not.toThrow()
  expect(() => check({ ...rule, indicator: 'no.such' })).toThrow(/"try.high" of module "try" watches the indicator/)
  expect(() => check({ ...rule, loop: 'no.such' })).toThrow(/opens the loop/)
  expect(() => check({ ...rule, levels: [] })).toThrow(/has no level/)
  expect(() => check({ ...rule, levels: rule.levels.toReversed() })).toThrow(/from the mildest/)
  expect(() => check(rule, 'higher')).toThrow(/milder/)
  expect(() => check(rule, 'neither')).toThrow(/neither way is bad/)
})

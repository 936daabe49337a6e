import { expect, test } from 'vitest'
import { csvOf, linesOf } from './csv.ts'

test('a name that a spreadsheet would run as a formula stays text, quotes are doubled', () => {
  expect(csvOf([['=1+1', 'a"b', 3, null]])).toBe('\uFEFF"\'=1+1","a""b",3,\r\n')
})

test('steps, ways and the lines between steps are in one table with the titles of the reader', () => {
  const place = {
    kind: 'open',
    start: true,
    arrivals: 3,
    again: 1,
    now: 2,
    medianHours: 1.006,
    slowHours: null,
  } as const
  const lines = linesOf(
    {
      matters: 2,
      reworked: 1,
      rework: 0.5,
      places: [
        { id: 'a', title: { zh: '受理', en: 'Accept' }, ...place },
        { id: 'b', title: { zh: '办理', en: 'Handle' }, ...place },
      ],
      ways: [
        { action: 'open', title: { zh: '发起', en: 'Opened' }, from: null, to: 'a', times: 2 },
        { action: 'go', title: { zh: '提交', en: 'Submit' }, from: 'a', to: 'b', times: 2 },
      ],
      paths: [{ places: ['a', 'b'], matters: 2 }],
    },
    ({ en }) => en,
  )
  expect(lines.slice(1)).toEqual([
    ['Step', 'Accept', null, 3, 1, 2, 1.01, null],
    ['Step', 'Handle', null, 3, 1, 2, 1.01, null],
    ['Way', 'Accept → Handle', null, 2, null, null, null, null],
    ['From step to step', 'Accept → Handle', 'Submit', 2, null, null, null, null],
  ])
})

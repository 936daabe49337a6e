import { expect, test } from 'vitest'
import { type Job, runJobs } from './run-jobs.ts'

/** Jobs that last some turns of the loop and note when they begin and end. */
function jobs(all: Readonly<Record<string, { text: string; turns: number }>>) {
  const log: string[] = []
  let [running, most] = [0, 0]
  const made = Object.entries(all).map(
    ([name, { text, turns }]): Job<string> => ({
      name,
      text,
      run: async () => {
        log.push(`+${name}`)
        most = Math.max(most, ++running)
        for (let n = 0; n < turns; n++) await new Promise(setImmediate)
        running--
        log.push(`-${name}`)
      },
    }),
  )
  return { made, log, most: () => most }
}

test('a job waits for the earlier ones that it names, others go on beside it', async () => {
  const { made, log, most } = jobs({
    base: { text: 'select 1', turns: 9 },
    short: { text: 'select 2', turns: 1 },
    uses: { text: 'select * from "BASE" join short', turns: 1 },
    alone: { text: 'select baseline', turns: 1 },
  })
  await runJobs(made, ['a', 'b'])
  expect(most()).toBe(2)
  expect(log.indexOf('+uses')).toBeGreaterThan(log.indexOf('-base'))
  expect(log.indexOf('+uses')).toBeGreaterThan(log.indexOf('-short'))
  expect(log.indexOf('-alone')).toBeLessThan(log.indexOf('-base'))
  expect(log).toHaveLength(8)
})

test('no connection has two jobs at once, and what goes wrong ends all', async () => {
  const busy = new Set<string>()
  const one = (name: string, text = ''): Job<string> => ({
    name,
    text,
    run: async (connection) => {
      expect(busy.has(connection)).toBe(false)
      busy.add(connection)
      await new Promise(setImmediate)
      busy.delete(connection)
      if (name === 'wrong') throw new TypeError('wrong')
    },
  })
  const done: string[] = []
  const after: Job<string> = { name: 'after', text: 'wrong', run: async () => void done.push('after') }
  await runJobs([one('a'), one('b'), one('c', 'a b')], ['only'])
  await expect(runJobs([one('a'), one('wrong'), after], ['x', 'y'])).rejects.toThrow('wrong')
  expect(done).toEqual([])
})

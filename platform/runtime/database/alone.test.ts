import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { alone } from './alone.ts'

let running: TestApp
beforeAll(async () => {
  running = await testApp()
})
afterAll(() => running.stop())

/** Something that goes on until it is told to end. */
function long() {
  let [end, begun] = [() => {}, () => {}]
  const hasBegun = new Promise<void>((done) => {
    begun = done
  })
  const run = async () => {
    begun()
    await new Promise<void>((done) => {
      end = done
    })
    return 'first'
  }
  return { run, hasBegun, end: () => end() }
}
const at = <T>(run: () => Promise<T>, key = '1', waitMs?: number) => alone(running.app, 'test.work', key, run, waitMs)
const second = async () => 'second'

test('one at a time for each key: others are told, or wait as long as they want to', async () => {
  const work = long()
  const first = at(work.run)
  await work.hasBegun
  expect(await at(second)).toBeUndefined()
  expect(await at(second, '1', 50)).toBeUndefined()
  expect(await at(second, '2')).toBe('second')
  const waiting = at(second, '1', 20_000)
  const patient = at(second, '1', Number.POSITIVE_INFINITY)
  work.end()
  expect(await Promise.all([first, waiting, patient])).toEqual(['first', 'second', 'second'])
  expect(await at(second)).toBe('second')
})

test('what fails does not stay locked, and no limit of waiting is left on a connection', async () => {
  const fails = async () => {
    throw new RangeError('it failed')
  }
  await expect(at(fails, '1', 50)).rejects.toThrow('it failed')
  expect(await at(second)).toBe('second')
  const { rows } = await running.app.pool.query('show lock_timeout')
  expect(rows).toEqual([{ lock_timeout: '0' }])
})

test('the lock falls with its connection', async () => {
  const work = long()
  const first = at(work.run)
  await work.hasBegun
  await asOwner(
    running.ownerUrl,
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
       and classid = hashtext('test.work')::bigint & 4294967295`,
  )
  await expect.poll(() => at(second), { timeout: 10_000 }).toBe('second')
  work.end()
  expect(await first).toBe('first')
})

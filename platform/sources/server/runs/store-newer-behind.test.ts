import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type TestApp } from '#platform/testing'
import { system } from '#runtime'
import { collectingApp, feedOf } from '../testing/people.ts'
import { getRun, partsOf } from './run-store.ts'
import { storeNewerBehind } from './store-newer-behind.ts'

let running: TestApp
beforeAll(async () => {
  running = await collectingApp()
})
afterAll(() => running.stop())

const run = async (feed: string, state: string): Promise<number> => {
  const { rows } = await asOwner(
    running.ownerUrl,
    `insert into sources.run (feed, state, by, started_at, moved_at) values ('${feed}', '${state}', 'x', now(), now()) returning id`,
  )
  return Number(rows[0].id)
}

const parts = (of: number, count: number, isDone = true) =>
  asOwner(
    running.ownerUrl,
    `insert into sources.part (run, ordinal, kind, file, name, bytes, rows, profile, is_done)
      select ${of}, n + coalesce((select max(ordinal) + 1 from sources.part where run = ${of}), 0), 'rows', repeat('0', 64), 'x',
        10, 2, '[]', ${isDone} from generate_series(0, ${count - 1}) n`,
  )

const behind = (of: number) =>
  running.app.work(system('test'), async (work) =>
    storeNewerBehind(work, await getRun(work.tx, of), await partsOf(work.tx, of)),
  )

const copiesOf = async (of: number) =>
  (await partsOf(running.app.db, of)).flatMap(({ from_run, from_ordinal }) =>
    from_run === null ? [] : [[from_run, from_ordinal]],
  )

test('only what does not stand behind it yet is added, and with it what came after that', async () => {
  const { feed } = await feedOf(running, { connection: { kind: 'push' } }, { from: '' })
  const [first, second, third] = [await run(feed, 'cancelled'), await run(feed, 'failed'), await run(feed, 'done')]
  await parts(first, 2, false)
  await parts(second, 1)
  await parts(second, 1, false)
  await parts(third, 1)
  const once = [
    [second, 0],
    [third, 0],
  ]
  expect(await behind(first)).toMatchObject({ rows: 4, bytes: 20, remark: expect.stringContaining('2 later runs') })
  expect(await copiesOf(first)).toEqual(once)
  expect(await behind(first)).toEqual({})
  await asOwner(running.ownerUrl, `update sources.part set is_done = true where run = ${second}`)
  await behind(first)
  const all = [...once, [second, 1], [third, 0]]
  expect(await copiesOf(first)).toEqual(all)
  // What stands behind another run by itself is taken from where it came first.
  await behind(second)
  expect(await copiesOf(second)).toEqual([[third, 0]])
  expect(await behind(first)).toEqual({})
  const fourth = await run(feed, 'done')
  await parts(fourth, 1)
  await behind(first)
  expect(await copiesOf(first)).toEqual([...all, [fourth, 0]])
})

test('what is too much to be stored once more is refused, and it is said what to do', async () => {
  const { feed } = await feedOf(running, { connection: { kind: 'push' } }, { from: '' })
  const [stopped, later] = [await run(feed, 'cancelled'), await run(feed, 'done')]
  await parts(stopped, 1, false)
  await parts(later, 499)
  await behind(stopped)
  expect(await copiesOf(stopped)).toHaveLength(499)
  await parts(later, 2)
  await expect(behind(stopped)).rejects.toMatchObject({
    code: 'too-much-newer',
    words: { en: expect.stringContaining('new Idempotency-Key'), zh: expect.stringContaining('重新提供') },
  })
  expect(await copiesOf(stopped)).toHaveLength(499)
})

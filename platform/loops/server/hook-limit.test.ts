import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { visitor, type Work } from '#runtime'
import { limited } from './hook-limit.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp({ modules: [] })
})
afterAll(() => app.stop())

const mark = (work: Work, key: string) => work.emit({ topic: 'hook', key })
const never = () => new Promise<void>(() => undefined)
const sleeping = async (work: Work) => void (await sql`select pg_sleep(60)`.execute(work.tx))

test('a hook that never comes back, in code or in SQL, is given up with its name, and nothing is kept', async () => {
  const begin = Date.now()
  const run = (hook: (work: Work) => Promise<void>) =>
    app.app.work(visitor, async (work) => {
      mark(work, 'lost')
      await limited('trial.slow', hook)(work)
    })
  const answers = await Promise.allSettled([run(never), run(sleeping)])
  for (const answer of answers)
    expect(answer).toMatchObject({ status: 'rejected', reason: { status: 503, code: 'hook-too-slow' } })
  expect(String((answers[0] as PromiseRejectedResult).reason)).toContain('"trial.slow"')
  expect(Date.now() - begin).toBeLessThan(15_000)
  expect((await asOwner(app.ownerUrl, `select 1 from runtime.event where key = 'lost'`)).rows).toEqual([])
})

test('what a hook that was given up does afterwards reaches nobody', async () => {
  let late: Promise<unknown> = Promise.resolve()
  const failing = app.app.work(visitor, async (work) => {
    late = new Promise((done) => setTimeout(done, 200)).then(() => sql`select 1`.execute(work.tx))
    late.catch(() => undefined)
    throw new TypeError('over')
  })
  await expect(failing).rejects.toThrow('over')
  await expect(late).rejects.toThrow('A unit of work that is over was used')
})

test('the limit ends with the hook', async () => {
  const { rows } = await app.app.work(visitor, async (work) => {
    await limited('trial.quick', async () => undefined)(work)
    return sql<{ statement_timeout: string }>`show statement_timeout`.execute(work.tx)
  })
  expect(rows).toEqual([{ statement_timeout: '0' }])
})

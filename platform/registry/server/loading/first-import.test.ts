import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataDesk, registry } from '#platform/registry'
import { type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { datasetOf } from '../datasets/definition.ts'
import { residentCells, residentDefinition, residentHeader } from '../testing/resident.ts'

let running: TestApp
let owner: pg.Client
beforeAll(async () => {
  running = await testApp()
  owner = new pg.Client({ connectionString: running.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await running.stop()
})

const actor = system('test')
const TABLE = 'registry_data.resident'

async function startLoad(count: number): Promise<number> {
  const rows = Array.from({ length: count }, (_, n) => residentCells(n))
  const content = Readable.from([Buffer.from([residentHeader, ...rows].map((cells) => cells.join(',')).join('\n'))])
  return running.app.work(actor, (work) =>
    running.app.use(dataDesk).load(work, { dataset: 'city.resident', name: 'file.csv', content }),
  )
}

async function untilDone(load: number) {
  for (;;) {
    const progress = await running.app.use(dataDesk).progress(load)
    if (progress.state !== 'loading') return progress
    await sleep(50)
  }
}

const indexes = async () =>
  (await owner.query(`select indexdef from pg_indexes where schemaname = 'registry_data' order by 1`)).rows

test('while a first import has the key set aside nobody else inserts, and who waited goes on when it is back', async () => {
  await running.app.work(actor, (work) => running.app.use(dataDesk).define(work, residentDefinition))
  const before = await indexes()
  const first = await startLoad(10)
  await untilDone(first)

  // As if a process had been killed in its first import after it set the indexes aside, and another one held its lock.
  await owner.query("select pg_advisory_lock(hashtext('registry.load'), hashtext($1))", [String(first)])
  await owner.query(`delete from ${TABLE}`)
  await owner.query(`update registry.load set state = 'loading', rows_read = 0, inserted = 0 where id = ${first}`)
  // It waits two seconds for the table at most.
  const setAside = () => owner.query(`select registry.set_lookups_aside(${first}, '${TABLE}', true) as set`)
  await expect.poll(async () => (await setAside()).rows[0].set, { timeout: 20_000 }).toBe(3)
  expect((await indexes()).length).toBe(1)

  const person = {
    idNumber: residentCells(1)[4] ?? '',
    name: '王伟',
    sex: '1',
    bornOn: '1990-01-01',
    division: '370902',
  }
  const write = running.app.work(actor, (work) =>
    running.app.use(registry).write(work, datasetOf(residentDefinition), [person]),
  )
  await expect(write).rejects.toMatchObject({ code: 'first-import', status: 409 })
  const second = await startLoad(15)
  await sleep(500)
  expect(await running.app.use(dataDesk).progress(second)).toMatchObject({ state: 'loading', inserted: 0 })

  await owner.query("select pg_advisory_unlock(hashtext('registry.load'), hashtext($1))", [String(first)])
  await running.app.work(actor, async (work) => work.enqueue('registry.load', { load: first }, { key: String(first) }))
  expect(await untilDone(first)).toMatchObject({ state: 'done', inserted: 10 })
  expect(await untilDone(second)).toMatchObject({ state: 'done', inserted: 5, same: 10 })
  expect(await indexes()).toEqual(before)
}, 60_000)

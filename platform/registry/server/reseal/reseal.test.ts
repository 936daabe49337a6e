import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys, openFields, sealedKeyId } from '#platform/crypto'
import { dataDesk } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { CORRECTION_CELLS } from '../corrections/refused-rows.ts'
import { residentCells, residentDefinition, residentHeader, spoil } from '../testing/resident.ts'

const actor = system('test')
const PURPOSE = 'registry.field'
let running: TestApp
beforeAll(async () => {
  running = await testApp()
})
afterAll(() => running.stop())

async function load(rows: readonly (readonly string[])[]): Promise<void> {
  const desk = running.app.use(dataDesk)
  const content = Readable.from([Buffer.from([residentHeader, ...rows].map((cells) => cells.join(',')).join('\n'))])
  const id = await running.app.work(actor, (work) =>
    desk.load(work, { dataset: 'city.resident', name: 'a.csv', content }),
  )
  while ((await desk.progress(id)).state === 'loading') await sleep(50)
}

test('rows, older versions and corrections come under the new key; indexes and versions stay', async () => {
  await running.app.work(actor, (work) => running.app.use(dataDesk).define(work, residentDefinition))
  const people = Array.from({ length: 700 }, (_, n) => residentCells(n))
  await load([...people, spoil(residentCells(700), 0)])
  await load(people.map((cells, n) => (n < 3 ? cells.with(6, '13800000001') : cells)))
  const plain = 'select _id, _version, id_number_index, phone_index from registry_data.resident order by _id'
  const before = (await asOwner(running.ownerUrl, plain)).rows
  const store = running.app.use(keys)
  const rotation = await running.app.work(actor, (work) => store.rotate(work, PURPOSE))
  await expect.poll(async () => (await store.progress(rotation)).step, { timeout: 60_000 }).toBe('done')

  await store.reload()
  const ring = store.of(PURPOSE)
  expect(ring.all).toHaveLength(1)
  const { rows } = await asOwner(running.ownerUrl, 'select id_number, phone from registry_data.resident order by _line')
  const numbers = rows.map((row) => row.id_number)
  expect(openFields(ring, 'city.resident.idNumber', numbers)).toEqual(people.map((cells) => cells[4]))
  for (const { phone } of rows) if (phone) expect(sealedKeyId(phone)).toBe(ring.current.id)
  const history = await asOwner(running.ownerUrl, `select data->>'id_number' as sealed from registry.history`)
  const old = history.rows.map(({ sealed }) => Buffer.from(sealed.slice(2), 'hex'))
  expect(openFields(ring, 'city.resident.idNumber', old).sort()).toEqual(
    people
      .slice(0, 3)
      .map((p) => p[4])
      .sort(),
  )
  const corrections = await asOwner(running.ownerUrl, 'select cells from registry.correction')
  expect(openFields(ring, CORRECTION_CELLS, [corrections.rows[0].cells])[0]).toContain('H000000233')
  expect((await asOwner(running.ownerUrl, plain)).rows).toEqual(before)
}, 120_000)

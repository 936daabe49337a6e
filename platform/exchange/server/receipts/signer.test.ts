import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { verifyReceipt } from '../../contract.ts'
import { granted, idNumber, parties, sharePersons } from '../testing/shared-people.ts'

let app: TestApp
let people: Awaited<ReturnType<typeof parties>>
beforeAll(async () => {
  app = await testApp({ env: { DAIZONG_LOG_LEVEL: 'fatal' } })
  await sharePersons(app, 3)
  people = await parties(app)
})
afterAll(() => app.stop())

const call = async (grant: string): Promise<string> => {
  const where = { idNumber: { is: idNumber(1) } }
  const { body } = await people.applicant.post(`/api/exchange/grants/${grant}/query`, { where })
  return body.receipt
}
const file = (id: string) => people.owner.get(`/api/exchange/receipts/${id}`)

test('receipts that cannot be signed for a while are signed together with what came in between, none twice', async () => {
  const { grant } = await granted(people)
  await asOwner(app.ownerUrl, 'revoke insert on exchange.head from daizong_app')
  const ids = [await call(grant), await call(grant)]
  await sleep(2_000)
  ids.push(await call(grant))
  expect((await file(ids[0] ?? '')).body.code).toBe('not-signed-yet')
  await asOwner(app.ownerUrl, 'grant insert on exchange.head to daizong_app')
  for (const id of ids) {
    await expect.poll(async () => (await file(id)).status, { timeout: 10_000 }).toBe(200)
    expect(verifyReceipt((await file(id)).body)).toBeUndefined()
  }
  const { rows } = await asOwner(app.ownerUrl, 'select first, last from exchange.head order by stream, first')
  const signed = rows.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, n) => Number(first) + n),
  )
  expect(signed).toEqual(signed.map((_, n) => n + 1))
})

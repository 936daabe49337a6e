import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handouts, RowNumbers } from '#platform/registry'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { disclosures, verifyReceipt } from '../../contract.ts'
import { granted, idNumber, PERSONS, parties, sharePersons } from '../testing/shared-people.ts'
import { clearReceipts } from './clear-receipts.ts'

let app: TestApp
let people: Awaited<ReturnType<typeof parties>>
beforeAll(async () => {
  app = await testApp()
  await sharePersons(app, 3)
  people = await parties(app)
})
afterAll(() => app.stop())

const receipt = (id: string) => people.owner.get(`/api/exchange/receipts/${id}`)

/** A call under a grant; its receipt, signed with those of its second. */
async function called(grant: string): Promise<string> {
  const { body } = await people.applicant.post(`/api/exchange/grants/${grant}/query`, {
    where: { idNumber: { is: idNumber(1) } },
  })
  for (;;) {
    if ((await receipt(body.receipt)).status === 200) return body.receipt
    await sleep(100)
  }
}

/** Makes the head of a receipt, with all that it signs, so many years older. */
const age = (id: string, years: number) =>
  asOwner(
    app.ownerUrl,
    `update exchange.head set at = at - interval '${years} years' where stream = split_part('${id}', '-', 1)
      and split_part('${id}', '-', 2)::bigint between first and last`,
  )

test('receipts past their term go with their head, on record; all others can still be proven, and so can one that was kept', async () => {
  const { grant } = await granted(people)
  const [old, young] = [await called(grant), await called(grant)]
  const kept = (await receipt(old)).body
  const told = async () => {
    const { rows } = await asOwner(app.ownerUrl, `select _id from registry_data.shared_person`)
    const refs = rows.map(({ _id }) => ({ dataset: PERSONS, row: _id }))
    return (await app.app.use(disclosures).about(app.app.db, refs, { limit: 10 })).map(({ id }) => id)
  }
  await age(old, 29)
  await clearReceipts(app.app)
  expect(await told()).toEqual([young, old])
  await age(old, 2)
  await clearReceipts(app.app)
  expect((await receipt(old)).status).toBe(404)
  expect(await told()).toEqual([young])
  expect(verifyReceipt((await receipt(young)).body)).toBeUndefined()
  expect(verifyReceipt(kept)).toBeUndefined()
  const { rows } = await asOwner(
    app.ownerUrl,
    `select details from audit.entry where event = 'exchange.receipts.cleared'`,
  )
  expect(rows).toMatchObject([{ details: { heads: 1, receipts: expect.any(Number) } }])
})

test('what was noted of rows in exports and answers goes after the same years, on record; what is younger stays', async () => {
  const { app: city } = app
  const { rows } = await asOwner(app.ownerUrl, `select _id from registry_data.shared_person limit 1`)
  const row = { dataset: PERSONS, row: rows[0]._id as number }
  const numbers = new RowNumbers()
  numbers.add(row.row)
  for (const years of [29, 31]) {
    const given = new Date()
    given.setUTCFullYear(given.getUTCFullYear() - years)
    await city.use(handouts).note(city.db, { dataset: PERSONS, handout: `export-${years}`, given }, numbers)
    await city.use(handouts).noteWhole(city.db, { dataset: PERSONS, handout: `answer-${years}`, given }, new Date())
  }
  const held = async () =>
    (await city.use(handouts).of(city.db, [row], { limit: 10 })).map(({ handout }) => handout).toSorted()
  expect(await held()).toEqual(['answer-29', 'answer-31', 'export-29', 'export-31'])
  await clearReceipts(city)
  expect(await held()).toEqual(['answer-29', 'export-29'])
  const record = await asOwner(
    app.ownerUrl,
    `select details from audit.entry where event = 'exchange.handouts.cleared'`,
  )
  expect(record.rows).toMatchObject([{ details: { notes: 2 } }])
})

test('nobody but the function deletes receipts, and it none of the last year', async () => {
  const { pool } = app.app
  await expect(pool.query('delete from exchange.receipt')).rejects.toThrow('permission denied')
  await expect(pool.query('delete from exchange.head')).rejects.toThrow('permission denied')
  await expect(pool.query('select * from exchange.clear_receipts(now(), 10)')).rejects.toThrow('last year')
})

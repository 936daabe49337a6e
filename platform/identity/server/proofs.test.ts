import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, client, type SignedInClient, signIn, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { identity, staffing } from '../contract.ts'

let running: TestApp
let clerk: SignedInClient
let resident: Client
let id: string
beforeAll(async () => {
  running = await testApp({ modules: (await import('../../modules.ts')).platformModules })
  clerk = await client(running, { rights: { 'identity.account.prove': 'city' }, organisation: '370902001' })
  id = await running.app.work(system('test'), (work) =>
    running.app
      .use(staffing)
      .addAccount(work, { account: 'wang', name: '王伟', kind: 'resident', password: 'Kept-for-tests-1' }),
  )
  resident = await signIn(running, 'wang', 'Kept-for-tests-1')
})
afterAll(() => running.stop())

const NUMBER = '110101199003074514'
const prove = (who: Client, body: object, account = id) => who.put(`/api/identity/accounts/${account}/proof`, body)

test('a clerk finds an account of a resident by its name, not one of staff', async () => {
  const { body } = await clerk.get('/api/identity/proofs/Wang')
  expect(body).toMatchObject({ id, name: '王伟', kind: 'resident', provenAt: null })
  expect((await clerk.get(`/api/identity/proofs/${clerk.account}`)).status).toBe(404)
  expect((await prove(clerk, { number: NUMBER, name: '王伟' }, clerk.actor.id)).body.code).toBe('not-provable')
})

test('what was seen on the card is kept sealed, and told to its owner masked', async () => {
  expect((await prove(clerk, { number: '12', name: '王伟' })).body.code).toBe('wrong-number')
  expect((await prove(clerk, { number: NUMBER, name: '王伟' })).status).toBe(200)
  expect(await running.app.use(identity).proofOf(id)).toMatchObject({ number: NUMBER, name: '王伟' })
  const { rows } = await running.app.pool.query('select * from identity.proof')
  expect(JSON.stringify(rows)).not.toContain('王伟')
  expect(rows[0].number_sealed.includes(NUMBER)).toBe(false)
  expect((await resident.get('/api/account/proof')).body.proof).toMatchObject({
    number: '1101************14',
    name: '王伟',
  })
})

test('a proof is not overwritten, but taken back and made anew; each is in the audit log without the number', async () => {
  expect((await prove(clerk, { number: NUMBER, name: '李伟' })).body.code).toBe('already-proven')
  expect((await clerk.delete(`/api/identity/accounts/${id}/proof`)).status).toBe(200)
  expect(await running.app.use(identity).proofOf(id)).toBeUndefined()
  expect((await clerk.delete(`/api/identity/accounts/${id}/proof`)).status).toBe(404)
  const { rows } = await running.app.pool.query(`select * from audit.entry where event like 'identity.account.pro%'`)
  expect(rows.length).toBeGreaterThanOrEqual(2)
  expect(JSON.stringify(rows)).not.toContain(NUMBER)
})

test('nobody else proves, not even who keeps accounts, and not the resident', async () => {
  const administrator = await client(running, {
    rights: { 'identity.account.write': 'city', 'identity.account.read': 'city' },
  })
  for (const who of [administrator, resident]) {
    expect((await who.get('/api/identity/proofs/wang')).status).toBe(403)
    expect((await prove(who, { number: NUMBER, name: '王伟' })).status).toBe(403)
    expect((await who.delete(`/api/identity/accounts/${id}/proof`)).status).toBe(403)
  }
  const town = await client(running, { rights: { 'identity.account.prove': 'subtree' }, organisation: '370902001' })
  expect((await prove(town, { number: NUMBER, name: '王伟' })).status).toBe(404)
})

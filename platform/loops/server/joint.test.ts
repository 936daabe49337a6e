import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loops } from '#platform/loops'
import { asOwner, client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { system } from '#runtime'
import { platformModules } from '../../modules.ts'
import { doAction } from '../testing/bench-of-people.ts'
import { trialModule } from '../testing/trial.ts'

let app: TestApp
let lead: SignedInClient
let units: SignedInClient[]
const UNITS = ['county.370902.ecology', 'county.370911.ecology', 'county.370921.ecology']

beforeAll(async () => {
  app = await testApp({ modules: [...platformModules, trialModule] })
  const rights = { 'trial.handle': 'unit' } as const
  lead = await client(app, { rights, organisation: 'city.ecology' })
  units = await Promise.all(UNITS.map((organisation) => client(app, { rights, organisation })))
})
afterAll(() => app.stop())

const get = (id: string) => app.app.work(system('test'), (work) => app.app.use(loops).get(work, id))
const open = (joint: string[] = UNITS) =>
  app.app.work(lead.actor, (work) =>
    app.app.use(loops).open(work, {
      definition: 'trial.work',
      key: randomUUID(),
      data: { name: '扬尘治理', lead: 'city.ecology', joint, due: '2099-12-31' },
    }),
  )
const sharesOf = async (parent: string): Promise<{ id: string; revision: number; place: string; holder: string }[]> =>
  (
    await asOwner(
      app.ownerUrl,
      `select id::text, revision, place, holders -> 0 ->> 'who' as holder from loops.instance where parent = ${parent} order by id`,
    )
  ).rows

test('each joint unit gets its share, and the lead goes on when the last has ended, though all end at once', async () => {
  const invited = await doAction(app, lead.actor, await open(), 'invite')
  expect(invited).toMatchObject({ place: 'joint', holders: [] })
  const shares = await sharesOf(invited.id)
  expect(shares.map(({ holder }) => holder)).toEqual(units.map(({ actor }) => `post:${actor.post}`))
  await Promise.all(shares.map((share, i) => doAction(app, units[i]?.actor ?? lead.actor, share, 'close')))
  expect(await get(invited.id)).toMatchObject({ place: 'handling', holders: [`post:${lead.actor.post}`] })
  const { rows } = await asOwner(
    app.ownerUrl,
    `select action from loops.action where instance = ${invited.id} order by revision`,
  )
  expect(rows.map(({ action }) => action)).toEqual(['loops.open', 'invite', 'joined'])
})

test('a share says of which unit it is, and that nobody there may have it until somebody gets it', async () => {
  const units = ['county.370902.ecology', 'county.370983.ecology']
  const overseer = await client(app, { rights: { 'loops.supervise': 'city', 'loops.read': 'city' } })
  const invited = await doAction(app, lead.actor, await open(units), 'invite')
  const { shares } = (await lead.get(`/api/loops/${invited.id}`)).body
  expect(shares.map(({ unit }: { unit: string }) => unit)).toEqual(units)
  const [kept, orphan] = shares
  const read = async ({ id }: { id: string }) => (await overseer.get(`/api/loops/${id}`)).body
  expect((await read(kept)).caretaken).toBe(false)
  expect(await read(orphan)).toMatchObject({ caretaken: true, holders: [{ id: `post:${overseer.actor.post}` }] })
  const late = await client(app, { rights: { 'trial.handle': 'unit' }, organisation: 'county.370983.ecology' })
  const form = { to: `post:${late.actor.post}`, reason: '已授权' }
  await doAction(app, overseer.actor, orphan, 'loops.transfer', { form })
  expect((await read(orphan)).caretaken).toBe(false)
})

test('joint handling without units is over at once', async () => {
  const invited = await doAction(app, lead.actor, await open([]), 'invite')
  expect((await get(invited.id)).place).toBe('handling')
})

test('a matter that is dropped takes the open shares with it', async () => {
  const invited = await doAction(app, lead.actor, await open(), 'invite')
  const [first] = await sharesOf(invited.id)
  if (first && units[0]) await doAction(app, units[0].actor, first, 'close')
  await doAction(app, lead.actor, invited, 'drop')
  expect((await sharesOf(invited.id)).map(({ place }) => place)).toEqual(['closed', 'dropped', 'dropped'])
})

test('a unit reads its own share and not that of another; the lead reads all', async () => {
  const invited = await doAction(app, lead.actor, await open(), 'invite')
  const [first, second] = await sharesOf(invited.id)
  expect((await units[0]?.get(`/api/loops/${first?.id}`))?.status).toBe(200)
  expect((await units[0]?.get(`/api/loops/${second?.id}`))?.status).toBe(404)
  expect((await lead.get(`/api/loops/${second?.id}`)).status).toBe(200)
})

test('a fixed last day is the limit, to its very end', async () => {
  expect((await open()).due?.toISOString()).toBe('2099-12-31T16:00:00.000Z')
})

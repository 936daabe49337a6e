import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '#platform/testing'
import { NotFound, type Reach, StartError, system, words } from '#runtime'
import { identity, staffing } from '../contract.ts'
import { identityModule } from '../module.ts'
import { checkRoles } from './check-roles.ts'

const RIGHT = 'identity.post.write'
let running: TestApp
beforeAll(async () => {
  running = await testApp()
})
afterAll(() => running.stop())

const post = (id: string, organisation: string, reach: Reach) =>
  running.app.work(system('test'), async (work) => {
    const people = running.app.use(staffing)
    const role = await people.addRole(work, { id: `role.${id}`, title: words(id, id), rights: { [RIGHT]: reach } })
    return people.addPost(work, { id, title: words(id, id), organisation, roles: [role] })
  })

test('a matter of a county finds the county first, then the city, never its neighbour or rights to own rows', async () => {
  await post('city-officer', 'city.ecology', 'subtree')
  await post('taishan-officer', 'county.370902.ecology', 'unit')
  await post('daiyue-officer', 'county.370911.ecology', 'unit')
  await post('taishan-own', 'county.370902.ecology', 'own')
  await post('zone-officer', 'zone.high-tech', 'subtree')
  const found = await running.app.use(identity).postsWith(RIGHT, { division: '370902' })
  expect(found.map(({ id }) => id)).toEqual(['taishan-officer', 'city-officer'])
})

test('a matter of an organisation finds posts of it and, by reach, of those above', async () => {
  const found = await running.app.use(identity).postsWith(RIGHT, { organisation: 'county.370911.ecology' })
  expect(found.map(({ id }) => id)).toEqual(['daiyue-officer', 'city-officer'])
})

test('the posts that hold a right are counted, but not those with it for own rows alone', async () => {
  const service = running.app.use(identity)
  const before = (await service.postCounts()).get(RIGHT) ?? 0
  await post('counted', 'county.370911.ecology', 'unit')
  await post('not-counted', 'county.370911.ecology', 'own')
  expect((await service.postCounts()).get(RIGHT)).toBe(before + 1)
  expect((await service.postCounts()).get('identity.nothing')).toBeUndefined()
})

test('an account has the actor of its post, and none of a post it does not hold', async () => {
  const { app } = running
  const account = await app.work(system('test'), async (work) => {
    const people = app.use(staffing)
    const id = await people.addAccount(work, { account: 'wang', name: '王', kind: 'staff' })
    await people.assign(work, 'taishan-officer', id)
    return id
  })
  const service = app.use(identity)
  const actor = await service.actorFor(account)
  expect(actor.rights.get(RIGHT)).toEqual({
    reach: 'unit',
    organisation: 'county.370902.ecology',
    path: 'city/city.government/city.ecology/county.370902.ecology/',
    division: '370902',
  })
  await expect(service.actorFor(account, 'city-officer')).rejects.toThrow(NotFound)
  expect(await service.accountsOf('taishan-officer')).toEqual([{ id: account, name: '王' }])
  expect(await service.names([account, 'nobody'])).toEqual(new Map([[account, '王']]))
})

test('a role with an undeclared right, or one of everybody that reaches beyond his own, stops the start', () => {
  const entry = (rights: Record<string, Reach>, everyone?: readonly ['resident']) => ({
    module: identityModule,
    entry: { id: 'x', title: words('x', 'x'), rights, ...(everyone ? { everyone } : {}) },
  })
  expect(() => checkRoles([entry({ 'no.such': 'city' })], [identityModule])).toThrow(StartError)
  expect(() => checkRoles([entry({ [RIGHT]: 'city' }, ['resident'])], [identityModule])).toThrow(/must reach own/)
  expect(() => checkRoles([entry({ [RIGHT]: 'own' }, ['resident'])], [identityModule])).not.toThrow()
})

test('divisions have their plain names, unknown ones none', async () => {
  const names = await running.app.use(identity).divisionNames(['3709', '370902', '370902001', '119900'])
  expect(names.get('3709')).toEqual(words('泰安市', "Tai'an City"))
  expect(names.get('370902')).toEqual(words('泰山区', 'Taishan District'))
  expect(names.get('370902001')?.zh).toBe('岱庙街道')
  expect(names.has('119900')).toBe(false)
})

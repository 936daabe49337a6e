import { afterAll, beforeAll, expect, test } from 'vitest'
import { client, type SignedInClient, type TestApp, testApp } from '#platform/testing'
import { PUBLIC, type Route, SIGNED_IN } from '#runtime'
import { allModules } from '../../apps/server/modules.ts'

/** Every route against every role of the declarations, and against the visitor: who may not, may not. */
let city: TestApp
beforeAll(async () => {
  city = await testApp()
})
afterAll(() => city.stop())

const roles = allModules.flatMap((module) => module.roles ?? [])
/** What all staff may, without any post. */
const everyones = new Set(
  roles.filter(({ everyone }) => everyone?.includes('staff')).flatMap(({ rights }) => Object.keys(rights)),
)
/** The same for every caller: some valid-looking parameters; nobody gets as far as reading them. */
const addressOf = (route: Route) => city.address + route.path.replaceAll(/:(\w+)/g, '1').replace('*', '1')

async function callAs(cookie: string, route: Route) {
  const answer = await fetch(addressOf(route), { method: route.method, headers: cookie ? { cookie } : {} })
  await answer.body?.cancel()
  return answer.status
}

test('a visitor reaches nothing but what is declared public', async () => {
  const closed = city.routes.filter((route) => route.right !== PUBLIC)
  expect(closed.length).toBeGreaterThan(50)
  const open: string[] = []
  for (const route of closed) if ((await callAs('', route)) !== 401) open.push(`${route.method} ${route.path}`)
  expect(open).toEqual([])
})

test('there are roles to try', () => {
  expect(roles.length).toBeGreaterThan(5)
})

test.each(roles.map((role) => [role.id, role] as const))(
  '%s reaches nothing that needs another right',
  async (_id, role) => {
    const person: SignedInClient = await client(city, { rights: role.rights })
    const closed = city.routes.filter(
      ({ right }) =>
        right !== PUBLIC && right !== SIGNED_IN && !everyones.has(String(right)) && !(String(right) in role.rights),
    )
    const reached: string[] = []
    for (const route of closed)
      if ((await callAs(person.cookie, route)) !== 403) reached.push(`${route.method} ${route.path}`)
    expect(reached).toEqual([])
  },
)

import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, type TestApp, testApp } from '#platform/testing'
import { NOTHING_PERSONAL, PUBLIC, route, StartError, visitor, words } from '#runtime'
import { checkRoutes, inOrder } from './check-modules.ts'

const module = (id: string, needs: string[] = []) => ({
  id,
  title: words(id, id),
  about: words(id, id),
  needs,
  folder: '/none',
})

let running: TestApp
beforeAll(async () => {
  running = await testApp({ modules: [] })
})
afterAll(() => running.stop())

test('answers health, readiness, figures and the API document', async () => {
  for (const path of ['/healthz', '/readyz', '/metrics', '/api/openapi.json'])
    expect((await fetch(running.address + path)).status).toBe(200)
})

test('an unknown path is a problem in the language of the reader', async () => {
  const answer = await fetch(`${running.address}/nothing`, { headers: { 'accept-language': 'en' } })
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(await answer.json()).toMatchObject({
    status: 404,
    code: 'not-found',
    title: 'Not found, or not visible to you',
  })
})

test('a transaction that fails leaves no event', async () => {
  const failing = running.app.work(visitor, async (work) => {
    work.emit({ topic: 't', key: 'lost' })
    throw new TypeError('no')
  })
  await expect(failing).rejects.toThrow('no')
  const { rows } = await asOwner(running.ownerUrl, `select * from runtime.event where key = 'lost'`)
  expect(rows).toEqual([])
})

test('modules start after their needs; circles, gaps and twins stop the start', () => {
  expect(inOrder([module('b', ['a']), module('a')]).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(() => inOrder([module('a', ['b']), module('b', ['a'])])).toThrow(/a → b → a/)
  expect(() => inOrder([module('a', ['x'])])).toThrow(StartError)
  expect(() => inOrder([module('a'), module('a')])).toThrow(/Two modules/)
})

test('a route without a declared right, or a write without an audit event, stops the start', () => {
  const base = {
    path: '/api/x',
    title: words('x', 'x'),
    response: Type.Object({}),
    example: {},
    handler: async () => ({}),
  } as const
  expect(() =>
    checkRoutes([route({ ...base, method: 'GET', right: 'nobody.declares', audit: NOTHING_PERSONAL })], []),
  ).toThrow(/no declared right/)
  expect(() => checkRoutes([route({ ...base, method: 'POST', right: PUBLIC, audit: NOTHING_PERSONAL })], [])).toThrow(
    /must name its audit event/,
  )
})
